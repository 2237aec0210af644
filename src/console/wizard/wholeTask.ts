import { neighbourStep, shownSteps, stepOf } from './registry.ts';
import { focusFirst } from './wizardFocus.ts';
import { isEditing, isSending, type WizardContext, type WizardState } from './wizardState.ts';

/** The window of this number, to change something; Next comes back. Null: no number of a window before this one. */
export function jumpTo(state: WizardState, context: WizardContext, chord: string): WizardState | null {
  const step = /^[1-9]$/.test(chord) ? shownSteps(state)[Number(chord) - 1] : undefined;
  if (step === undefined || step.id === state.step || isSending(state)) return null;
  const cameFrom = isEditing(state) ? null : state.step;
  return focusFirst({ ...state, step: step.id, cameFrom, problems: [] }, context);
}

/** Where Next leads: after a jump back to where it began, or to the first window between that must be looked at. */
export function stepAfter(state: WizardState, context: WizardContext) {
  const next = neighbourStep(state, 1);
  if (state.cameFrom === null || next === null) return next;
  for (let at: typeof next | null = next; at !== null; at = neighbourStep({ ...state, step: at.id }, 1)) {
    if (at.id === state.cameFrom) return stepOf(at.id);
    const there = { ...state, step: at.id };
    if (at.validate(there, context).length > 0 || at.beforeNext?.(there, context) != null) return at;
  }
  return next;
}
