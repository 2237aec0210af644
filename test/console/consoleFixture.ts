import type { ConsoleContext } from '../../src/console/consoleContext.ts';
import type { Action } from '../../src/console/state/actions.ts';
import type { ConsoleState } from '../../src/console/state/consoleState.ts';
import { initialState } from '../../src/console/state/initialState.ts';
import { reduceConsole } from '../../src/console/state/reduceConsole.ts';
import { createStore } from '../../src/console/state/store.ts';
import type { Outcome } from '../../src/domain/failure.ts';
import type {
  Account,
  AdministrationGroup,
  Device,
  HostKey,
  InstallationPackage,
  License,
  RemoteInstallationTask,
  Run,
  RunDevice,
} from '../../src/domain/model.ts';
import { defaultTaskSettings } from '../../src/domain/taskSettings.ts';
import type { Snapshot } from '../../src/protocol/answers.ts';
import type { CommandName } from '../../src/protocol/commands.ts';
import { ok } from '../../src/shared/result.ts';

export const time = '2026-01-31T12:00:00.000Z';
export const later = (seconds: number): string => new Date(Date.parse(time) + seconds * 1000).toISOString();

export const group = (id: string, name: string, parentId: string | null = null): AdministrationGroup => ({
  id,
  name,
  parentId,
});

export const device = (id: string, change: Partial<Device> = {}): Device => ({
  id,
  name: id,
  address: '192.0.2.1',
  port: null,
  user: null,
  platform: 'linux',
  groupId: null,
  jumpHost: null,
  managedBy: null,
  lastAccountId: null,
  facts: null,
  ...change,
});

export const installationPackage = (
  id: string,
  change: Partial<InstallationPackage> = {},
): InstallationPackage => ({
  id,
  name: id,
  version: '1.0',
  format: 'deb',
  platform: 'linux',
  architecture: 'amd64',
  dependencies: [],
  content: { sha256: 'a'.repeat(64), sizeBytes: 1536, fileName: `${id}.deb` },
  command: null,
  parameters: '',
  detection: { kind: 'dpkg', name: id, version: null },
  exitCodes: {},
  installTimeoutMs: 3_600_000,
  createdAt: time,
  ...change,
});

export const account = (id: string): Account => ({
  id,
  name: id,
  kind: 'password',
  user: 'root',
  become: 'none',
  hasPassword: true,
  hasPassphrase: false,
  hasBecomePassword: false,
  keyFingerprint: null,
  agentSocket: null,
  createdAt: time,
});

export const license = (id: string, change: Partial<License> = {}): License => ({
  id,
  name: id,
  product: 'app',
  seatsTotal: 2,
  expiresOn: null,
  note: '',
  keyTail: 'AB12',
  keyFileName: null,
  seats: {},
  createdAt: time,
  ...change,
});

export const hostKey = (id: string, state: HostKey['state']): HostKey => ({
  id,
  address: '192.0.2.1',
  port: 22,
  keyType: 'ssh-ed25519',
  key: 'AAAA',
  fingerprint: `SHA256:${id}`,
  state,
  source: 'scan',
  seenAt: time,
  trustedBy: null,
});

export const task = (id: string, change: Partial<RemoteInstallationTask> = {}): RemoteInstallationTask => ({
  id,
  number: 1,
  name: `Installation of ${id}`,
  packageId: 'pkg',
  targets: { kind: 'devices', deviceIds: ['a', 'b'] },
  settings: defaultTaskSettings('restart'),
  attempts: {},
  createdAt: time,
  createdBy: 'root',
  ...change,
});

export const run = (id: string, change: Partial<Run> = {}): Run => ({
  id,
  number: 1,
  taskId: 'task',
  taskName: 'Installation of app',
  packageLabel: 'app 1.0',
  state: 'running',
  startedAt: time,
  finishedAt: null,
  startedBy: 'root',
  counts: {},
  deviceCount: 2,
  retryOf: null,
  ...change,
});

export const runDevice = (deviceId: string, change: Partial<RunDevice> = {}): RunDevice => ({
  deviceId,
  name: deviceId,
  address: '192.0.2.1',
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
  timeline: [],
  ...change,
});

export const snapshot = (collections: Partial<Snapshot['collections']> = {}, seq = 1): Snapshot => ({
  seq,
  serverName: 'jump',
  capabilities: {
    packageFormats: [],
    deliveryMethods: ['ssh'],
    hasDistributionPoints: false,
    hasNetworkAgents: false,
  },
  notices: [],
  collections: {
    packages: [],
    devices: [],
    groups: [],
    accounts: [],
    hostKeys: [],
    licenses: [],
    tasks: [],
    runs: [],
    ...collections,
  },
});

export const emptyState = (): ConsoleState =>
  initialState({
    language: 'en',
    capabilities: { isUnicode: true },
    size: { width: 80, height: 24 },
    now: time,
  });

export const reduced = (state: ConsoleState, ...actions: readonly Action[]): ConsoleState =>
  actions.reduce(reduceConsole, state);

export const loadedState = (collections: Partial<Snapshot['collections']> = {}): ConsoleState =>
  reduced(emptyState(), { type: 'model/snapshot', snapshot: snapshot(collections) });

/** What a command was asked with. */
export interface Sent {
  readonly command: CommandName;
  readonly params: unknown;
}

/**
 * A console whose server is played by `answers`. It leaves unproven what the server makes of the commands: that is
 * the journeys' part.
 */
export function fakeConsole(
  state: ConsoleState,
  answers: Partial<Record<CommandName, (params: never) => Outcome<unknown>>> = {},
) {
  const store = createStore(reduceConsole, state);
  const sent: Sent[] = [];
  const written: { readonly path: string; readonly text: string }[] = [];
  let hasExited = false;
  const context: ConsoleContext = {
    getState: store.getState,
    dispatch: store.dispatch,
    send: async (command, params) => {
      sent.push({ command, params });
      return (answers[command]?.(params as never) ?? ok({})) as never;
    },
    readTextFile: async () => ok('text'),
    readFile: async () => ok(new TextEncoder().encode('192.0.2.5\nnot an address!\n')),
    seePath: async (path) => ({ path, kind: 'nothing', candidates: [] }),
    writeFile: async (path, parts) => {
      let text = '';
      for await (const part of parts) text += part;
      written.push({ path, text });
      return ok(null);
    },
    absolutePath: (path) => `/home/admin/${path}`,
    openRun: (runId) => store.dispatch({ type: 'run/open', runId, at: time }),
    exit: () => {
      hasExited = true;
    },
    redraw: () => {},
    tryDemo: () => {},
    suspend: () => {},
  };
  return { store, context, sent, written, hasExited: () => hasExited };
}
