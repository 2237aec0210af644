import type { Failure } from '../domain/failure.ts';
import type { MessageKey } from './messages.ts';
import type { Translate } from './translate.ts';

/** A failure's words and what to do next. Texts are keyed `failures.<code>` and `failures.<code>.next`. */
export function failureText(t: Translate, failure: Failure): { message: string; next: string } {
  return {
    message: t(`failures.${failure.code}` as MessageKey, failure.params),
    next: t(`failures.${failure.code}.next` as MessageKey, failure.params),
  };
}
