import type { Problem } from './field.ts';
import { neighbourStep, stepOf } from './registry.ts';
import { busyKindOf } from './wizardEffect.ts';
import { focusFirst, focusOn, windowFields } from './wizardFocus.ts';
import type { Transition, WizardContext, WizardState } from './wizardState.ts';
import type { WizardStep } from './wizardStep.ts';

function entered(state: WizardState, step: WizardStep, context: WizardContext): WizardState {
  return focusFirst({ ...state, step: step.id, problems: [] }, context);
}

/** Next is refused: the reasons stand at their options, and the focus at the first. */
export function refused(
  state: WizardState,
  problems: readonly Problem[],
  context: WizardContext,
): WizardState {
  const next = { ...state, problems };
  return focusOn(next, windowFields(next, context), problems[0]?.field ?? state.focus);
}

/** Checks the window, does what it waits for, and goes on to the next one. */
export function goNext(state: WizardState, context: WizardContext): Transition {
  if (state.busy !== null) return [state, null];
  const step = stepOf(state.step);
  const problems = step.validate(state, context);
  if (problems.length > 0) return [refused(state, problems, context), null];
  const effect = step.beforeNext?.(state, context) ?? null;
  if (effect !== null) return [{ ...state, problems: [], busy: busyKindOf(effect) }, effect];
  const next = neighbourStep(state, 1);
  return [next === null ? state : entered(state, next, context), null];
}

/** Nothing that was typed is lost. */
export function goBack(state: WizardState, context: WizardContext): WizardState {
  const previous = neighbourStep(state, -1);
  if (previous === null || state.busy === 'submit') return state;
  const { submission } = state;
  return entered({ ...state, submission: { ...submission, failure: null, phase: null } }, previous, context);
}
