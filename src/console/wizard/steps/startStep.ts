import { taskNameProblem } from '../../../domain/taskName.ts';
import { planDevices } from '../contactEffect.ts';
import { stopped } from '../deviceChecks.ts';
import type { Field, NoteField, Problem } from '../field.ts';
import { option } from '../option.ts';
import { chosenPackage } from '../packageChoice.ts';
import { planFields } from '../planFields.ts';
import { submitPlan } from '../submitPlan.ts';
import { chosenTargets, targetCount } from '../targetChoice.ts';
import { taskNameOf } from '../taskNameChoice.ts';
import { isEditing, type WizardContext, type WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

/** How far the last Next has come, and what stopped it. */
function progressNotes({ submission, busy }: WizardState): readonly NoteField[] {
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

/** What an editor says before anything is changed: a run that goes on, and devices that are given up (B30). */
function editorNotes({ base }: WizardState, { model }: WizardContext): readonly Field[] {
  const { id, attempts, settings } = base!.task;
  const isRunning = [...model.runs.values()].some((run) => run.taskId === id && run.finishedAt === null);
  const count = Object.values(attempts).filter((one) => one.count >= settings.attemptsLimit).length;
  return [
    ...(isRunning
      ? [{ kind: 'note', id: 'runs', words: { key: 'wizard.note.runsNow' }, role: 'warning' } as const]
      : []),
    ...(count > 0
      ? [
          {
            kind: 'note',
            id: 'exhausted',
            words: { key: 'wizard.note.exhausted', params: { count } },
            role: 'muted',
          } as const,
        ]
      : []),
  ];
}

function fields(state: WizardState, context: WizardContext): readonly Field[] {
  if (isEditing(state))
    return [
      { ...option('taskName'), kind: 'text', value: 'taskName' },
      ...editorNotes(state, context),
      { kind: 'section', id: 'summary', label: { key: 'wizard.start.summary' } },
    ];
  return [
    { ...option('taskName'), kind: 'text', value: 'taskName', fallback: taskNameOf(state, context) },
    { ...option('doNotRun'), kind: 'checkbox', value: 'doNotRun' },
    {
      kind: 'note',
      id: 'outcome',
      words: { key: state.values.doNotRun ? 'wizard.note.createsOnly' : 'wizard.note.createsAndStarts' },
      role: 'muted',
    },
    ...planFields(state, context),
    { kind: 'section', id: 'summary', label: { key: 'wizard.start.summary' } },
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
  editTitle: 'wizard.start.summary',
  isShown: () => true,
  fields,
  // No option is lost by a digit, and Enter goes on from here.
  firstFocus: () => 'doNotRun',
  showsWholeTask: true,
  status: progressNotes,
  hints: [{ chord: '1…', label: 'wizard.key.jump' }],
  validate,
  press: (state, context, button) => {
    if (button !== 'planDevices') return [state, null];
    return state.plan?.isRunning
      ? [{ ...state, plan: stopped(state.plan) }, null]
      : planDevices(state, context);
  },
  beforeNext: (state, context) =>
    isEditing(state) ? null : { kind: 'submit', plan: submitPlan(state, context) },
};
