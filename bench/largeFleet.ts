import type {
  AdministrationGroup,
  Collections,
  Device,
  RemoteInstallationTask,
  Run,
  RunDevice,
} from '../src/domain/model.ts';
import { countStates } from '../src/domain/runCounts.ts';
import { defaultTaskSettings } from '../src/domain/taskSettings.ts';
import type { Snapshot } from '../src/protocol/answers.ts';

const groupSize = 100;
const id = (prefix: string, n: number): string => `${prefix}-${n.toString(16).padStart(20, '0')}`;

/** Devices in groups of a hundred, one task for all of them and its run, which has just begun. */
export interface LargeFleet {
  readonly snapshot: Snapshot;
  readonly run: Run;
  /** In the order of their names. */
  readonly rows: RunDevice[];
}

export function largeFleet(count: number, startedAt: string): LargeFleet {
  const groups = Array.from(
    { length: Math.ceil(count / groupSize) },
    (_, i): AdministrationGroup => ({ id: id('grp', i), name: `Site ${i + 1}`, parentId: null }),
  );
  const devices = Array.from(
    { length: count },
    (_, i): Device => ({
      id: id('dev', i),
      name: `device-${String(i + 1).padStart(5, '0')}`,
      address: `198.18.${Math.floor(i / 250)}.${(i % 250) + 1}`,
      port: null,
      user: null,
      platform: 'linux',
      groupId: groups[Math.floor(i / groupSize)]!.id,
      jumpHost: null,
      managedBy: null,
      lastAccountId: null,
      facts: {
        osName: 'Debian GNU/Linux 12 (bookworm)',
        osFamily: 'debian',
        architecture: 'x86_64',
        bootId: null,
        seenAt: startedAt,
      },
    }),
  );
  const rows = devices.map(
    (device): RunDevice => ({
      deviceId: device.id,
      name: device.name,
      address: device.address,
      state: 'waiting',
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
      timeline: [{ state: 'waiting', at: startedAt }],
    }),
  );
  const task: RemoteInstallationTask = {
    id: id('task', 1),
    number: 1,
    name: 'Installation of tool',
    packageId: id('pkg', 1),
    targets: { kind: 'devices', deviceIds: devices.map((device) => device.id) },
    settings: defaultTaskSettings(''),
    attempts: {},
    createdAt: startedAt,
    createdBy: 'bench',
  };
  const run: Run = {
    id: id('run', 1),
    number: 1,
    taskId: task.id,
    taskName: task.name,
    packageLabel: 'tool 1.0',
    state: 'running',
    startedAt,
    finishedAt: null,
    startedBy: 'bench',
    counts: countStates(rows),
    deviceCount: count,
    retryOf: null,
  };
  const collections: { [K in keyof Collections]: Collections[K][] } = {
    packages: [],
    devices,
    groups,
    accounts: [],
    hostKeys: [],
    licenses: [],
    tasks: [task],
    runs: [run],
  };
  const capabilities = {
    packageFormats: [],
    deliveryMethods: [],
    hasDistributionPoints: false,
    hasNetworkAgents: false,
    hasLicenses: false,
  };
  return { snapshot: { seq: 1, serverName: 'bench', capabilities, notices: [], collections }, run, rows };
}
