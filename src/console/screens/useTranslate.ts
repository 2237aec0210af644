import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { Words } from '../state/words.ts';
import { say } from '../state/words.ts';
import { useConsole } from '../useConsole.ts';
import { translate } from '../viewmodels/translate.ts';

/** The texts of the language of now. */
export const useTranslate = (): Translate => translate(useConsole((state) => state.ui.language));

/** Words of ours, or text of the domain. */
export const sayAny = (t: Translate, it: Words | { readonly plain: string }): string =>
  'plain' in it ? sanitiseLine(it.plain) : say(t, it);
