import type { Outcome } from '../../domain/failure.ts';
import { findByName } from '../../domain/foldedName.ts';
import { findChild, groupNameProblem, wouldMakeCycle } from '../../domain/groupTree.ts';
import type { Change, Device, Model, RemoteInstallationTask } from '../../domain/model.ts';
import { taskNameProblem } from '../../domain/taskName.ts';
import { ok } from '../../shared/result.ts';
import { devicesByPlace, placeOf } from './deviceSaving.ts';
import type { ParsedParams } from './handler.ts';
import { invalid, nameProblem, nameTaken, notFound } from './refusals.ts';

/**
 * What was removed comes back under its own id, so that tasks and past runs find it again. Anybody may have taken
 * its name or place meanwhile, or removed what it needs: then it is refused as a whole.
 */
type Restored = Outcome<{ changes: Change[]; value: Record<string, never> }>;
type Attempts = RemoteInstallationTask['attempts'];

export function devicesRestored(draft: Model, { devices, tasks }: ParsedParams<'restoreDevices'>): Restored {
  const known = devicesByPlace(draft.devices.values());
  const put: Device[] = [];
  for (const device of devices) {
    const problem = nameProblem(device.name);
    if (problem !== null) return invalid('name', problem);
    const other = draft.devices.get(device.id) ?? known.get(placeOf(device));
    if (other !== undefined) return nameTaken('device', `${other.name} (${other.address})`);
    known.set(placeOf(device), device);
    const { groupId, lastAccountId } = device;
    put.push({
      ...device,
      groupId: groupId !== null && draft.groups.has(groupId) ? groupId : null,
      lastAccountId: lastAccountId !== null && draft.accounts.has(lastAccountId) ? lastAccountId : null,
    });
  }
  const restored = new Set(put.map(({ id }) => id));
  const changed = tasks.flatMap((before) => {
    const task = draft.tasks.get(before.id);
    return task === undefined ? [] : [taskWith(task, before, restored)];
  });
  const changes: Change[] = [{ collection: 'devices', put, removed: [] }];
  if (changed.length > 0) changes.push({ collection: 'tasks', put: changed, removed: [] });
  return ok({ changes: put.length > 0 ? changes : [], value: {} });
}

/** Targets stand in their old order, those that were added since behind them. A counter of now is kept. */
function taskWith(
  task: RemoteInstallationTask,
  before: { readonly deviceIds: readonly string[] | null; readonly attempts: Attempts },
  restored: ReadonlySet<string>,
): RemoteInstallationTask {
  const counters = Object.entries(before.attempts).filter(([id]) => restored.has(id));
  const attempts = { ...Object.fromEntries(counters), ...task.attempts };
  if (task.targets.kind === 'group' || before.deviceIds === null) return { ...task, attempts };
  const now = new Set(task.targets.deviceIds);
  const first = before.deviceIds.filter((id) => restored.has(id) || now.has(id));
  const deviceIds = [...new Set([...first, ...now])];
  return { ...task, targets: { kind: 'devices', deviceIds }, attempts };
}

export function groupsRestored(draft: Model, { groups, members }: ParsedParams<'restoreGroups'>): Restored {
  const all = new Map(draft.groups);
  for (const group of groups) {
    const problem = groupNameProblem(group.name);
    if (problem !== null) return invalid('name', problem);
    if (all.has(group.id)) return nameTaken('group', group.name);
    all.set(group.id, group);
  }
  for (const { id, name, parentId } of groups) {
    if (parentId !== null && !all.has(parentId)) return notFound('group', parentId);
    if (wouldMakeCycle(all, id, parentId)) return invalid('parentId', 'outsideItself');
    const sibling = findChild(
      Array.from(all.values()).filter((other) => other.id !== id),
      parentId,
      name,
    );
    if (sibling !== undefined) return nameTaken('group', name);
  }
  const restored = new Set(groups.map(({ id }) => id));
  const devices = members
    .filter(({ groupId }) => restored.has(groupId))
    .flatMap(({ groupId, deviceIds }) =>
      deviceIds.flatMap((id) => {
        const device = draft.devices.get(id);
        return device === undefined || device.groupId !== null ? [] : [{ ...device, groupId }];
      }),
    );
  const changes: Change[] = groups.length > 0 ? [{ collection: 'groups', put: groups, removed: [] }] : [];
  if (devices.length > 0) changes.push({ collection: 'devices', put: devices, removed: [] });
  return ok({ changes, value: {} });
}

/** Devices and accounts that are gone since are left out; a number that is taken becomes the next free one. */
export function taskRestored(draft: Model, task: RemoteInstallationTask): Outcome<RemoteInstallationTask> {
  const problem = taskNameProblem(task.name);
  if (problem !== null) return invalid('name', problem);
  const other = draft.tasks.get(task.id) ?? findByName(draft.tasks.values(), task.name);
  if (other !== undefined) return nameTaken('task', other.name);
  if (!draft.packages.has(task.packageId)) return notFound('package', task.packageId);
  const { targets, settings } = task;
  const { license } = settings;
  if (license?.kind === 'withTask' && !draft.licenses.has(license.licenseId))
    return notFound('license', license.licenseId);
  if (targets.kind === 'group' && !draft.groups.has(targets.groupId))
    return notFound('group', targets.groupId);
  const numbers = Array.from(draft.tasks.values(), ({ number }) => number);
  return ok({
    ...task,
    number: numbers.includes(task.number) ? 1 + Math.max(...numbers) : task.number,
    targets:
      targets.kind === 'group'
        ? targets
        : { kind: 'devices', deviceIds: targets.deviceIds.filter((id) => draft.devices.has(id)) },
    settings: { ...settings, accountIds: settings.accountIds.filter((id) => draft.accounts.has(id)) },
    attempts: Object.fromEntries(Object.entries(task.attempts).filter(([id]) => draft.devices.has(id))),
  });
}
