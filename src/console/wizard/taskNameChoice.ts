import { taskNameFor, uniqueTaskName } from '../../domain/taskName.ts';
import { chosenPackage } from './packageChoice.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

/** B59: the name as edited, or the one that follows the package, with the first free number behind it. */
export function taskNameOf(state: WizardState, context: WizardContext): string {
  if (state.values.taskName !== null) return state.values.taskName;
  const chosen = chosenPackage(state, context);
  // Tasks that came after the first press of the last Next are, by this name, our own: they do not take it away.
  const before = state.submission.made.tasksBefore;
  const others = [...context.model.tasks.values()].filter(({ id }) => before?.includes(id) ?? true);
  return uniqueTaskName(
    taskNameFor(chosen?.name ?? '', state.language),
    others.map(({ name }) => name),
  );
}
