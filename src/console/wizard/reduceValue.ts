import { isFailure, type Problem } from './field.ts';
import { stepOf } from './registry.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

const isSame = (a: Problem, b: Problem): boolean =>
  a.field === b.field && !isFailure(a.words) && !isFailure(b.words) && a.words.key === b.words.key;

/** After a change of an option: its problems go, unless what was refused is still so. */
export function changed(state: WizardState, fieldId: string, context: WizardContext): WizardState {
  if (state.problems.length === 0) return state;
  const standing = stepOf(state.step).validate(state, context);
  const problems = state.problems.filter(
    (problem) =>
      (problem.field !== fieldId && !problem.also?.includes(fieldId)) ||
      standing.some((other) => isSame(problem, other)),
  );
  return { ...state, problems };
}
