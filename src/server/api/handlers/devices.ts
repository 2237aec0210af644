import type { Outcome } from '../../../domain/failure.ts';
import type { Change, Device, Model, RemoteInstallationTask } from '../../../domain/model.ts';
import { ok } from '../../../shared/result.ts';
import { checkDevices } from '../../engine/readiness.ts';
import { devicesByPlace, placeOf, saveDevices } from '../deviceSaving.ts';
import type { Handlers } from '../handler.ts';
import { inUse, invalid, nameProblem, nameTaken, notFound, required } from '../refusals.ts';
import { devicesRestored } from '../restoring.ts';

export const deviceHandlers: Handlers<
  'saveDevices' | 'updateDevice' | 'moveDevices' | 'removeDevices' | 'restoreDevices' | 'checkDevices'
> = {
  saveDevices: ({ devices }, { store, ids }) => store.commit((draft) => ok(saveDevices(draft, devices, ids))),

  updateDevice: ({ id, device: fields }, { store }) => {
    const problem = fields.name === undefined ? null : nameProblem(fields.name);
    if (problem !== null) return invalid('name', problem);
    return store.commit((draft) => {
      const before = required(draft.devices, id, 'device');
      if (!before.ok) return before;
      const device: Device = { ...before.value, ...withoutUndefined(fields) };
      if (placeOf(device) !== placeOf(before.value)) {
        const other = devicesByPlace(draft.devices.values()).get(placeOf(device));
        if (other) return nameTaken('device', `${other.name} (${other.address})`);
      }
      return ok({ changes: [{ collection: 'devices', put: [device], removed: [] }], value: { device } });
    });
  },

  moveDevices: ({ ids, groupId }, { store }) =>
    store.commit((draft) => {
      if (groupId !== null && !draft.groups.has(groupId)) return notFound('group', groupId);
      const devices = allOf(draft, ids);
      if (!devices.ok) return devices;
      const put = devices.value
        .filter((device) => device.groupId !== groupId)
        .map((d) => ({ ...d, groupId }));
      return ok({ changes: put.length > 0 ? [{ collection: 'devices', put, removed: [] }] : [], value: {} });
    }),

  removeDevices: ({ ids }, { store, engine }) =>
    store.commit((draft) => {
      const devices = allOf(draft, ids);
      if (!devices.ok) return devices;
      for (const { id, name } of devices.value) {
        const run = engine.busyWith(id);
        if (run !== null) return inUse('device', name, run);
      }
      const removed = new Set(devices.value.map((device) => device.id));
      const tasks = [...draft.tasks.values()].flatMap((task) => taskWithout(task, removed) ?? []);
      const changes: Change[] = [{ collection: 'devices', put: [], removed: [...removed] }];
      if (tasks.length > 0) changes.push({ collection: 'tasks', put: tasks, removed: [] });
      return ok({ changes: removed.size > 0 ? changes : [], value: {} });
    }),

  restoreDevices: (removed, { store }) => store.commit((draft) => devicesRestored(draft, removed)),

  checkDevices: async ({ deviceIds, accountIds, packageId, hostKeyPolicy }, { store, engine, user }) => {
    const devices = allOf(store.model, deviceIds);
    if (!devices.ok) return devices;
    for (const id of accountIds) if (!store.model.accounts.has(id)) return notFound('account', id);
    const installationPackage =
      packageId === null ? null : (store.model.packages.get(packageId) ?? undefined);
    if (installationPackage === undefined) return notFound('package', packageId!);
    const delivery = {
      networkAgent: true,
      sharedFoldersServer: true,
      sharedFoldersDistributionPoints: false,
    };
    const settings = { delivery, accountIds, hostKeyPolicy, installationPackage, user };
    return ok({ rows: await checkDevices(engine.parts, devices.value, settings) });
  },
};

/** The devices, each once, or `input.notFound` for the first that is missing. */
export function allOf(model: Pick<Model, 'devices'>, ids: readonly string[]): Outcome<Device[]> {
  const devices: Device[] = [];
  for (const id of new Set(ids)) {
    const device = model.devices.get(id);
    if (!device) return notFound('device', id);
    devices.push(device);
  }
  return ok(devices);
}

/** The task without targets and counters of devices that are gone; null: it has none of them. */
function taskWithout(
  task: RemoteInstallationTask,
  removed: ReadonlySet<string>,
): RemoteInstallationTask | null {
  const targets =
    task.targets.kind === 'devices'
      ? { ...task.targets, deviceIds: task.targets.deviceIds.filter((id) => !removed.has(id)) }
      : task.targets;
  const attempts = Object.fromEntries(Object.entries(task.attempts).filter(([id]) => !removed.has(id)));
  const isSame =
    Object.keys(attempts).length === Object.keys(task.attempts).length &&
    (task.targets.kind !== 'devices' ||
      targets.kind !== 'devices' ||
      targets.deviceIds.length === task.targets.deviceIds.length);
  return isSame ? null : { ...task, targets, attempts };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(fields: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
