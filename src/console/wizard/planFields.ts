import type { PlanRow } from '../../protocol/answers.ts';
import { planRows } from './checkRows.ts';
import type { Field } from './field.ts';
import { option } from './option.ts';
import { chosenTargets } from './targetChoice.ts';
import { taskSettingsOf } from './taskSettingsOf.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

function planButton({ plan }: WizardState): Field {
  const base = { ...option('planDevices'), kind: 'button' } as const;
  if (!plan?.isRunning) return base;
  const params = { done: plan.rows.length, total: plan.total };
  return { ...base, label: { key: 'wizard.stopPlanning', params } };
}

const count = (rows: readonly PlanRow[], action: PlanRow['action']): number =>
  rows.filter((row) => row.action === action).length;

/** B91: on demand, what the task would do to each device and why. */
export function planFields(state: WizardState, context: WizardContext): readonly Field[] {
  const { plan } = state;
  if (plan === null) return [planButton(state)];
  if (plan.failure !== null) {
    return [planButton(state), { kind: 'note', id: 'planFailed', words: plan.failure, role: 'error' }];
  }
  const { rows } = plan;
  const params = {
    install: count(rows, 'install'),
    skip: count(rows, 'skip'),
    blocked: count(rows, 'blocked'),
  };
  return [
    planButton(state),
    {
      kind: 'note',
      id: 'planned',
      words: { key: 'wizard.note.planned', params },
      role: params.blocked > 0 ? 'warning' : 'normal',
    },
    {
      ...option('planned'),
      kind: 'list',
      rows: planRows(
        rows,
        context.model,
        chosenTargets(state, context).devices,
        taskSettingsOf(state, context).waveSize,
      ),
      height: 8,
      marks: 'none',
      empty: { key: 'wizard.check.waiting' },
      keys: [],
    },
  ];
}
