import type { Failure } from '../../domain/failure.ts';
import type { Problem } from './field.ts';
import { neighbourStep, shownSteps, stepOf } from './registry.ts';
import { taskEditOf } from './taskEdit.ts';
import { stepAfter } from './wholeTask.ts';
import { wizardClosed } from './wizardClosed.ts';
import { busyKindOf } from './wizardEffect.ts';
import { focusFirst, focusOn, windowFields } from './wizardFocus.ts';
import {
  isEditing,
  isSending,
  type Transition,
  type WizardContext,
  type WizardState,
} from './wizardState.ts';
import type { WizardStep } from './wizardStep.ts';

function entered(state: WizardState, step: WizardStep, context: WizardContext): WizardState {
  const cameFrom = step.id === state.cameFrom ? null : state.cameFrom;
  return focusFirst({ ...state, step: step.id, cameFrom, problems: [] }, context);
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
  const next = stepAfter(state, context);
  if (next === null) return isEditing(state) ? saveEdited(state, context) : [state, null];
  return [entered(state, next, context), null];
}

/** An editor's Save, from any window: the first window that is not in order is shown. */
export function saveEdited(state: WizardState, context: WizardContext): Transition {
  if (!isEditing(state) || state.busy !== null) return [state, null];
  for (const step of shownSteps(state)) {
    const problems = step.validate(state, context);
    const effect = problems.length > 0 ? null : (step.beforeNext?.(state, context) ?? null);
    if (problems.length === 0 && effect === null) continue;
    const there = step.id === state.step ? state : entered(state, step, context);
    return effect === null
      ? [refused(there, problems, context), null]
      : [{ ...there, problems: [], busy: busyKindOf(effect) }, effect];
  }
  const edit = taskEditOf(state, context);
  if (edit === null) return wizardClosed(state, null);
  return [
    { ...state, problems: [], busy: 'saveTask' },
    { kind: 'saveTask', edit },
  ];
}

/** What was changed is not thrown away without a question. */
export function askToLeave(state: WizardState, context: WizardContext): Transition {
  const isUnchanged = isEditing(state) && isInOrder(state, context) && taskEditOf(state, context) === null;
  return isUnchanged ? wizardClosed(state, null) : [{ ...state, leaving: 'stay' }, null];
}

const isInOrder = (state: WizardState, context: WizardContext): boolean =>
  shownSteps(state).every((step) => step.validate(state, context).length === 0);

/** The save was refused: a name at its field, anything else above the buttons. */
export function saveRefused(state: WizardState, failure: Failure, context: WizardContext): Transition {
  if (failure.code !== 'input.nameTaken')
    return [refused(state, [{ field: 'next', words: failure }], context), null];
  const start = state.step === 'start' ? state : entered(state, stepOf('start'), context);
  return [refused(start, [{ field: 'taskName', words: failure }], context), null];
}

/** Nothing that was typed is lost. */
export function goBack(state: WizardState, context: WizardContext): WizardState {
  const previous = neighbourStep(state, -1);
  if (previous === null || isSending(state)) return state;
  const { submission } = state;
  return entered({ ...state, submission: { ...submission, failure: null, phase: null } }, previous, context);
}
