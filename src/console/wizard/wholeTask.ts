import type { Field } from './field.ts';
import { neighbourStep, shownSteps, stepOf, wizardSteps } from './registry.ts';
import { focusFirst } from './wizardFocus.ts';
import { isEditing, isSending, type WizardContext, type WizardState } from './wizardState.ts';

/** All choices by window, each window with the key that goes there. */
export function wholeTaskFields(state: WizardState, context: WizardContext): readonly Field[] {
  const shown = shownSteps(state);
  return wizardSteps.flatMap((step): readonly Field[] => {
    const facts = step.summary?.(state, context) ?? [];
    const number = shown.indexOf(step) + 1;
    // What was settled before the wizard began has no window to go to.
    if (facts.length === 0 || number === 0) return facts;
    const label = { key: step.title };
    return [{ kind: 'section', id: `window.${step.id}`, label, chord: String(number) }, ...facts];
  });
}

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
