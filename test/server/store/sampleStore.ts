import type { Failure, Outcome } from '../../../src/domain/failure.ts';
import type {
  Change,
  Device,
  Model,
  RemoteInstallationTask,
  Run,
  RunDevice,
} from '../../../src/domain/model.ts';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import type { DataFolderLock } from '../../../src/server/store/dataFolderLock.ts';
import { openStore, type Store, type StoreOptions } from '../../../src/server/store/store.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { ok } from '../../../src/shared/result.ts';
import type { FakeDisk } from './fakeDisk.ts';

export const folder = '/data';
export const time = '2026-01-31T12:00:00.000Z';
/** Stands still, so that a snapshot with interval 0 follows each change at once. */
export const stillClock: Clock = { now: () => time, monotonicMs: () => 0 };

export const idOf = (prefix: string, index: number): string =>
  `${prefix}-${index.toString(16).padStart(20, '0')}`;

export function sampleDevice(index: number, name = `web-${index}`): Device {
  return {
    id: idOf('dev', index),
    name,
    address: `10.0.${(index >> 8) & 255}.${index & 255}`,
    port: null,
    user: null,
    platform: 'linux',
    groupId: null,
    jumpHost: null,
    managedBy: null,
    lastAccountId: null,
    facts: {
      osName: 'Debian GNU/Linux 12 (bookworm)',
      osFamily: 'debian',
      architecture: 'x86_64',
      bootId: '0f8fad5b-d9cb-469f-a165-70867728950e',
      seenAt: time,
    },
  };
}

/** What committingProcess.ts commits as its n-th change: few devices that change often. */
export const slots = 64;
export const committedDevice = (index: number): Device => sampleDevice(index % slots, `version-${index}`);

export const sampleRun: Run = {
  id: idOf('run', 1),
  number: 1,
  taskId: idOf('task', 1),
  taskName: 'Installation of nginx',
  packageLabel: 'nginx 1.26',
  state: 'running',
  startedAt: time,
  finishedAt: null,
  startedBy: 'tanaka',
  counts: { waiting: 2 },
  deviceCount: 2,
  retryOf: null,
};

export const sampleTask = (more: Partial<RemoteInstallationTask> = {}): RemoteInstallationTask => ({
  id: idOf('task', 1),
  number: 1,
  name: 'Installation of nginx',
  packageId: idOf('pkg', 1),
  targets: { kind: 'devices', deviceIds: [] },
  settings: defaultTaskSettings(''),
  attempts: {},
  createdAt: time,
  createdBy: 'tanaka',
  ...more,
});

export const sampleRunDevice = (index: number, state: RunDevice['state'] = 'waiting'): RunDevice => ({
  deviceId: idOf('dev', index),
  name: `web-${index}`,
  address: '10.0.0.1',
  state,
  attemptId: null,
  attempt: 0,
  activity: null,
  sentBytes: 0,
  totalBytes: 0,
  failure: null,
  exitCode: null,
  accountId: null,
  method: null,
  startedAt: null,
  finishedAt: null,
  timeline: [],
});

export const putDevices = (...devices: Device[]): Change => ({
  collection: 'devices',
  put: devices,
  removed: [],
});
export const removeDevice = (index: number): Change => ({
  collection: 'devices',
  put: [],
  removed: [idOf('dev', index)],
});

export const commitChanges = (store: Store, ...changes: Change[]): Promise<Outcome<number>> =>
  store.commit(() => ok({ changes, value: 7 }));

/** The same text for the same content, whatever the order in the maps. */
export function contentOf(model: Model): string {
  const sorted = Object.entries(model).map(([name, map]) => [
    name,
    [...(map as ReadonlyMap<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return JSON.stringify(sorted);
}

const noLock: DataFolderLock = { release: async () => {} };

export const openOn = (disk: FakeDisk, options: Partial<StoreOptions> = {}): Promise<Outcome<Store>> =>
  openStore(folder, {
    clock: stillClock,
    snapshotIntervalMs: 1e9,
    lock: noLock,
    fileSystem: disk,
    ...options,
  });

export function accepted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

export function failureOf(outcome: Outcome<unknown>): Failure {
  if (outcome.ok) throw new Error('expected a failure');
  return outcome.failure;
}

/** Lets timers of 0 ms and everything that they start on a disk in memory run. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
