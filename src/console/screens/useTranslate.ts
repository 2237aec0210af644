import type { Language } from '../../i18n/registry.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { Words } from '../state/words.ts';
import { say } from '../state/words.ts';
import { useConsole } from '../useConsole.ts';

const translators = new Map<Language, Translate>();

export function translate(language: Language): Translate {
  let found = translators.get(language);
  if (found === undefined) {
    found = translator(language);
    translators.set(language, found);
  }
  return found;
}

/** The texts of the language of now. */
export const useTranslate = (): Translate => translate(useConsole((state) => state.ui.language));

/** Words of ours, or text of the domain. */
export const sayAny = (t: Translate, it: Words | { readonly plain: string }): string =>
  'plain' in it ? sanitiseLine(it.plain) : say(t, it);
