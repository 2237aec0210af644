import type { Language } from '../../i18n/registry.ts';
import { type Translate, translator } from '../../i18n/translate.ts';

const translators = new Map<Language, Translate>();

/** The texts of a language; the same function each time, so that views can be compared. */
export function translate(language: Language): Translate {
  let found = translators.get(language);
  if (found === undefined) {
    found = translator(language);
    translators.set(language, found);
  }
  return found;
}
