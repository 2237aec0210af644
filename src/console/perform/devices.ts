import type { Device, Model } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { InverseCommand } from '../state/pastChange.ts';
import { words } from '../state/words.ts';
import { answered, confirm, notify } from './ask.ts';
import { pickGroup } from './pickGroup.ts';
import { canBeUndone, remember } from './undo.ts';

const devicesFrom = ({ devices }: Pick<Model, 'devices'>, ids: readonly string[]): readonly Device[] =>
  ids.flatMap((id) => devices.get(id) ?? []);

/** Each device to the group it came from, if it is still where it was put. */
function movedBack(
  model: Model,
  before: readonly Device[],
  groupId: string | null,
): readonly InverseCommand[] {
  const idsOfGroup = new Map<string | null, string[]>();
  for (const { id, groupId: from } of before) {
    const isThere = model.devices.get(id)?.groupId === groupId;
    if (!isThere || (from !== null && !model.groups.has(from))) continue;
    idsOfGroup.set(from, [...(idsOfGroup.get(from) ?? []), id]);
  }
  return [...idsOfGroup].map(([from, ids]) => ({
    command: 'moveDevices',
    params: { ids, groupId: from },
  }));
}

async function move(context: ConsoleContext, ids: readonly string[], groupId: string | null) {
  const before = devicesFrom(context.getState().model.collections, ids);
  const moved = await answered(context, context.send('moveDevices', { ids: [...ids], groupId }));
  if (moved === null) return;
  remember(context, {
    what: words('changes.what.devicesMoved', { count: ids.length }),
    inverse(model) {
      const commands = movedBack(model, before, groupId);
      return commands.length > 0 ? commands : words('changes.why.changedSince');
    },
  });
  notify(context, words('console.notice.moved', { count: ids.length }));
}

/** The group is chosen from a list with every group's whole path, or typed: a new one is made. */
export function moveDevices(context: ConsoleContext, ids: readonly string[]) {
  pickGroup(context, {
    title: words('console.choice.moveTo', { count: ids.length }),
    none: words('console.node.unassigned'),
    isNewOffered: true,
    async onPicked(to) {
      if ('groupId' in to) return move(context, ids, to.groupId);
      const added = await answered(context, context.send('addGroup', { path: to.path }));
      if (added) await move(context, ids, added.id);
    },
  });
}

const restoredAtOnce = 5000;
type TaskBefore = CommandParams<'restoreDevices'>['tasks'][number];

/** What tasks knew of these devices: their targets and counters, which go with the devices. */
function tasksOf({ tasks }: Model, ids: ReadonlySet<string>): readonly TaskBefore[] {
  return [...tasks.values()].flatMap(({ id, targets, attempts }) => {
    const counted = Object.entries(attempts).filter(([deviceId]) => ids.has(deviceId));
    const deviceIds = targets.kind === 'devices' ? targets.deviceIds : null;
    if (counted.length === 0 && !deviceIds?.some((deviceId) => ids.has(deviceId))) return [];
    return [{ id, deviceIds, attempts: Object.fromEntries(counted) }];
  });
}

/** In parts: a request has an end, a fleet may not. */
function restoring(devices: readonly Device[], tasks: readonly TaskBefore[]): readonly InverseCommand[] {
  const commands: InverseCommand[] = [];
  for (let at = 0; at < devices.length; at += restoredAtOnce) {
    const part = devices.slice(at, at + restoredAtOnce);
    commands.push({ command: 'restoreDevices', params: { devices: part, tasks: [...tasks] } });
  }
  return commands;
}

async function remove(context: ConsoleContext, ids: readonly string[]) {
  const model = context.getState().model.collections;
  const devices = devicesFrom(model, ids);
  const tasks = tasksOf(model, new Set(ids));
  const removed = await answered(context, context.send('removeDevices', { ids: [...ids] }));
  if (removed === null) return;
  remember(context, {
    what: words('changes.what.devicesRemoved', { count: ids.length, name: devices[0]?.name ?? '' }),
    inverse: () => restoring(devices, tasks),
  });
  notify(context, words('console.notice.removed', { count: ids.length }));
}

export function removeDevices(context: ConsoleContext, ids: readonly string[]) {
  const model = context.getState().model.collections;
  const first = model.devices.get(ids[0]!);
  const tasks = tasksOf(model, new Set(ids)).filter(({ deviceIds }) => deviceIds !== null);
  confirm(context, {
    title: words('console.confirm.removeDevices'),
    lines: [
      ids.length === 1
        ? words('console.confirm.removeDevice.what', { name: first?.name ?? '' })
        : words('console.confirm.removeDevices.what', { count: ids.length }),
      ...(tasks.length > 0 ? [words('changes.confirm.targetsLost', { count: tasks.length })] : []),
      words('console.confirm.removeDevices.kept'),
      canBeUndone,
    ],
    buttons: [{ label: words('console.button.remove'), perform: () => void remove(context, ids) }],
  });
}
