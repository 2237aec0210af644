import type { Translate } from '../../i18n/translate.ts';
import { chordLabel } from '../keys/chord.ts';
import type { ActionId } from '../keys/keymap.ts';
import { bindingsOf, type KeyContext } from '../keys/keymap.ts';

/** The keys for the hint bar: those of the stack's contexts, most useful first, without those that cannot be used. */
export function buildHints(
  t: Translate,
  contexts: readonly KeyContext[],
  isPossible: (action: ActionId) => boolean,
): readonly { readonly chord: string; readonly label: string }[] {
  const taken = new Set<string>();
  return contexts
    .flatMap((context) => bindingsOf(context))
    .filter(({ chords }) => {
      const chord = chords[0]!;
      if (taken.has(chord)) return false;
      taken.add(chord);
      return true;
    })
    .filter(({ hint, action }) => hint !== undefined && isPossible(action))
    .sort((a, b) => a.hint! - b.hint!)
    .map(({ chords, describe }) => ({ chord: chordLabel(chords[0]!), label: t(describe) }));
}
