import type { Failure } from '../domain/failure.ts';
import { sanitiseLine } from '../shared/sanitise.ts';
import type { MessageKey, Params } from './messages.ts';
import type { Translate } from './translate.ts';

/**
 * A failure's words and what to do next, safe for a terminal (B102). Texts are keyed `failures.<code>` and
 * `failures.<code>.next`, or `failures.<code>.next.commandLine` for who types commands. A param's value that is itself a key (`kind.device`) is translated.
 */
export function failureText(
  t: Translate,
  failure: Failure,
  surface: 'console' | 'commandLine' = 'console',
): { message: string; next: string } {
  const params = Object.fromEntries(
    Object.entries(failure.params).map(([name, value]) => [name, paramText(t, name, value, failure.params)]),
  );
  return {
    message: filled(t, `failures.${failure.code}` as MessageKey, params),
    next: filled(t, nextKey(t, failure, surface), params),
  };
}

/** What to do is said in the words of the place where it is read: options and commands are no help in the console. */
function nextKey(t: Translate, { code }: Failure, surface: 'console' | 'commandLine'): MessageKey {
  const own = `failures.${code}.next.${surface}` as MessageKey;
  return t(own) === own ? (`failures.${code}.next` as MessageKey) : own;
}

function paramText(t: Translate, name: string, value: string | number, params: Params): string | number {
  if (typeof value === 'number') return value;
  const key = `failures.${name}.${value}` as MessageKey;
  const word = t(key, params);
  return word === key ? sanitiseLine(value) : word;
}

/** What nobody could say (an unknown version) is a dash or `failures.missing.<param>`, never a placeholder. */
const filled = (t: Translate, key: MessageKey, params: Params): string =>
  t(
    key,
    new Proxy(params, {
      get: (given, name: string) =>
        given[name] === undefined || given[name] === '' ? missing(t, name) : given[name],
    }),
  );

function missing(t: Translate, name: string): string {
  const key = `failures.missing.${name}` as MessageKey;
  const words = t(key);
  return words === key ? '–' : words;
}
