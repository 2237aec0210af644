import type { MessageKey, Params, Text } from './messages.ts';
import { type Language, languages } from './registry.ts';

export type Translate = (key: MessageKey, params?: Params) => string;

const tables = languages as unknown as Record<Language, Record<string, Record<string, Text>>>;

/** Fills `{name}` with the param of that name; a `{one, other}` text is chosen by the param `count`. */
export function translator(language: Language): Translate {
  const table = tables[language];
  return (key, params = {}) => {
    const dot = key.indexOf('.');
    const text = table[key.slice(0, dot)]?.[key.slice(dot + 1)];
    if (text === undefined) return key;
    const chosen = typeof text === 'string' ? text : params.count === 1 ? text.one : text.other;
    return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  };
}

/** `ja` for a Japanese locale in LC_ALL, LC_MESSAGES or LANG, in POSIX's order; otherwise `en`. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^ja(_|\.|@|$)/.test(locale) ? 'ja' : 'en';
}
