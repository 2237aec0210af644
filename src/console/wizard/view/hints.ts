import type { Translate } from '../../../i18n/translate.ts';
import { chordLabel } from '../../keys/chord.ts';
import { buildHints as consoleHints } from '../../viewmodels/hints.ts';
import { isTyped } from '../field.ts';
import { stepOf } from '../registry.ts';
import { focusedField, windowFields } from '../wizardFocus.ts';
import { wizardHints } from '../wizardKeymap.ts';
import { isEditing, type WizardContext, type WizardState } from '../wizardState.ts';

/** The keys that work where the focus is, or those of the question whether to leave; the most useful first. */
export function buildHints(state: WizardState, context: WizardContext, t: Translate) {
  if (state.leaving !== null) return consoleHints(t, ['confirm'], null, () => true);
  const focused = focusedField(windowFields(state, context), state.focus);
  const own = focused !== null && isTyped(focused) ? [] : (stepOf(state.step).hints ?? []);
  const [first, ...others] = wizardHints(focused, isEditing(state));
  return [...(first === undefined ? [] : [first]), ...own, ...others].map(({ chord, label }) => ({
    chord: chordLabel(chord),
    label: t(label),
  }));
}
