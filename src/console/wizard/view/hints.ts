import type { Translate } from '../../../i18n/translate.ts';
import { chordLabel } from '../../keys/chord.ts';
import { focusedField, windowFields } from '../wizardFocus.ts';
import { wizardHints } from '../wizardKeymap.ts';
import { isEditing, type WizardContext, type WizardState } from '../wizardState.ts';

/** The keys that work where the focus is, the most useful first. */
export function buildHints(state: WizardState, context: WizardContext, t: Translate) {
  const focused = focusedField(windowFields(state, context), state.focus);
  return wizardHints(focused, isEditing(state)).map(({ chord, label }) => ({
    chord: chordLabel(chord),
    label: t(label),
  }));
}
