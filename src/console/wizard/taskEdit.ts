import type { TaskSettings } from '../../domain/model.ts';
import { type ChosenTargets, chosenTargets } from './targetChoice.ts';
import { taskNameOf } from './taskNameChoice.ts';
import { taskSettingsOf } from './taskSettingsOf.ts';
import type { TaskEdit } from './wizardEffect.ts';
import type { WizardBase, WizardContext, WizardState } from './wizardState.ts';

type Targets = NonNullable<TaskEdit['params']['targets']>;

/** The targets of now, or null where they are those that the task has. */
function targetsOf(
  { start }: WizardState,
  { task }: WizardBase,
  chosen: ChosenTargets,
  { model }: WizardContext,
): Targets | null {
  if (start.kind === 'group') {
    const isSame = task.targets.kind === 'group' && task.targets.groupId === start.groupId;
    return isSame ? null : { kind: 'group', groupId: start.groupId };
  }
  const deviceIds = chosen.devices.map(({ id }) => id);
  const before =
    task.targets.kind === 'group' ? [] : task.targets.deviceIds.filter((id) => model.devices.has(id));
  const isSame = new Set(before).symmetricDifference(new Set(deviceIds)).size === 0;
  return isSame && chosen.newDevices.length === 0 ? null : { kind: 'devices', deviceIds };
}

function settingsOf(state: WizardState, { task }: WizardBase, context: WizardContext): Partial<TaskSettings> {
  const now = taskSettingsOf(state, context);
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(task.settings[name as keyof TaskSettings]),
  );
  return Object.fromEntries(changed);
}

/** What the editor has changed; null: nothing. What somebody else changes meanwhile stays as they left it. */
export function taskEditOf(state: WizardState, context: WizardContext): TaskEdit | null {
  const { base } = state;
  if (base === null) return null;
  const chosen = chosenTargets(state, context);
  const targets = targetsOf(state, base, chosen, context);
  const settings = settingsOf(state, base, context);
  const name = taskNameOf(state, context).trim();
  const params = {
    id: base.task.id,
    ...(name === base.task.name ? {} : { name }),
    ...(targets === null ? {} : { targets }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  };
  return Object.keys(params).length === 1 ? null : { params, newDevices: chosen.newDevices };
}
