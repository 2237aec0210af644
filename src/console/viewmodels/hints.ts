import type { Translate } from '../../i18n/translate.ts';
import { chordLabel } from '../keys/chord.ts';
import { type ActionId, type Binding, bindingsOf, type KeyContext } from '../keys/keymap.ts';

export interface Hint {
  readonly action: ActionId;
  readonly chord: string;
  readonly label: string;
}

const shown = (t: Translate, { action, describe }: Binding, chord: string): Hint => ({
  action,
  chord: chordLabel(chord),
  label: t(describe),
});

/**
 * The keys for the hint bar: those of the stack's contexts, most useful first, without those that cannot be used.
 * After the first stroke of a key of two: every way to go on.
 */
export function buildHints(
  t: Translate,
  contexts: readonly KeyContext[],
  stroke: string | null,
  isPossible: (action: ActionId) => boolean,
): readonly Hint[] {
  const bindings = contexts.flatMap((context) => bindingsOf(context));
  if (stroke !== null)
    return bindings.flatMap((binding) =>
      binding.chords
        .filter((chord) => chord.startsWith(`${stroke} `))
        .map((chord) => shown(t, binding, chord)),
    );
  const taken = new Set<string>();
  return bindings
    .filter(({ chords }) => {
      const chord = chords[0]!;
      if (taken.has(chord)) return false;
      taken.add(chord);
      return true;
    })
    .filter(({ hint, action }) => hint !== undefined && isPossible(action))
    .sort((a, b) => a.hint! - b.hint!)
    .map((binding) => ({
      ...shown(t, binding, binding.chords[0]!),
      label: t(binding.brief ?? binding.describe),
    }));
}
