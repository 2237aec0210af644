import { taskNameProblem } from '../../../domain/taskName.ts';
import type { Field, Problem } from '../field.ts';
import { option } from '../option.ts';
import { chosenPackage } from '../packageChoice.ts';
import { submitPlan } from '../submitPlan.ts';
import { summaryFields } from '../summary.ts';
import { chosenTargets, targetCount } from '../targetChoice.ts';
import { taskNameOf } from '../taskNameChoice.ts';
import type { WizardContext, WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

/** How far the last Next has come, and what stopped it. */
function progressFields({ submission, busy }: WizardState): readonly Field[] {
  if (submission.failure !== null) {
    return [
      { kind: 'note', id: 'submitFailed', words: submission.failure, role: 'error' },
      { kind: 'note', id: 'submitAgain', words: { key: 'wizard.note.pressAgain' }, role: 'normal' },
    ];
  }
  if (busy !== 'submit' || submission.phase === null) return [];
  return [
    { kind: 'note', id: 'submitPhase', words: { key: `wizard.phase.${submission.phase}` }, role: 'normal' },
  ];
}

function fields(state: WizardState, context: WizardContext): readonly Field[] {
  return [
    { ...option('taskName'), kind: 'text', value: 'taskName', fallback: taskNameOf(state, context) },
    { ...option('doNotRun'), kind: 'checkbox', value: 'doNotRun' },
    {
      kind: 'note',
      id: 'outcome',
      words: { key: state.values.doNotRun ? 'wizard.note.createsOnly' : 'wizard.note.createsAndStarts' },
      role: 'muted',
    },
    { kind: 'section', id: 'summary', label: { key: 'wizard.start.summary' } },
    ...summaryFields(state, context),
    // At the end: it is in sight while Next has the focus.
    ...progressFields(state),
  ];
}

/** B59. The package and the devices may have been removed by somebody else while the wizard stood open. */
function validate(state: WizardState, context: WizardContext): readonly Problem[] {
  const name = taskNameProblem(taskNameOf(state, context));
  const problems: Problem[] = [];
  if (name !== null) problems.push({ field: 'taskName', words: { key: 'wizard.problem.taskName' } });
  if (chosenPackage(state, context) === null) {
    problems.push({ field: 'next', words: { key: 'wizard.summary.packageGone' } });
  }
  const isGroup = state.start.kind === 'group';
  if (isGroup && state.start.kind === 'group' && !context.model.groups.has(state.start.groupId)) {
    problems.push({ field: 'next', words: { key: 'wizard.problem.groupGone' } });
  }
  if (!isGroup && targetCount(chosenTargets(state, context)) === 0) {
    problems.push({ field: 'next', words: { key: 'wizard.problem.noDevice' } });
  }
  return problems;
}

/** Window 6: Starting installation (B56 to B59). */
export const startStep: WizardStep = {
  id: 'start',
  title: 'wizard.start.title',
  isShown: () => true,
  fields,
  validate,
  beforeNext: (state, context) => ({ kind: 'submit', plan: submitPlan(state, context) }),
};
