import type { MessageKey, Params } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';

/** A text of the locales with its params: the state never holds words, so the language can change at any time. */
export interface Words {
  readonly key: MessageKey;
  readonly params?: Params;
  /** Params that are texts of the locales themselves. */
  readonly inner?: Readonly<Record<string, Words>>;
}

export const words = (key: MessageKey, params?: Params): Words => (params ? { key, params } : { key });

/** B102: params may come from devices and files. */
export function safeParams(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? sanitiseLine(value) : value,
    ]),
  );
}

export function say(t: Translate, it: Words): string {
  if (it.inner === undefined) return t(it.key, it.params && safeParams(it.params));
  const inner = Object.entries(it.inner).map(([name, words]) => [name, say(t, words)] as const);
  return t(it.key, { ...safeParams(it.params ?? {}), ...Object.fromEntries(inner) });
}
