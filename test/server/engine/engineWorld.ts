import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AttemptState } from '../../../src/domain/attempt.ts';
import type {
  Change,
  Device,
  InstallationPackage,
  RemoteInstallationTask,
  Run,
  RunDevice,
  TaskSettings,
} from '../../../src/domain/model.ts';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import { Engine } from '../../../src/server/engine/engine.ts';
import type { ServerLog } from '../../../src/server/serverLog.ts';
import { encodeRecord, scanRecords } from '../../../src/server/store/record.ts';
import type { RunJournalEntry } from '../../../src/server/store/runJournal.ts';
import { openStore, type Store } from '../../../src/server/store/store.ts';
import { openVault } from '../../../src/server/store/vault.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { randomIds } from '../../../src/shared/idSource.ts';
import { ok } from '../../../src/shared/result.ts';
import { FakeDeliveryWorkers, type FakeScript } from '../fakeDeliveryWorkers.ts';

export const idOf = (prefix: string, index: number): string =>
  `${prefix}-${index.toString(16).padStart(20, '0')}`;
export const deviceId = (index: number): string => idOf('dev', index);
const at = '2026-01-31T12:00:00.000Z';
const contentBytes = 'content';

export const sampleDevice = (index: number, more: Partial<Device> = {}): Device => ({
  id: deviceId(index),
  name: `web-${index}`,
  address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  port: null,
  user: null,
  platform: 'linux',
  groupId: null,
  jumpHost: null,
  managedBy: null,
  lastAccountId: null,
  facts: null,
  ...more,
});

const samplePackage: InstallationPackage = {
  id: idOf('pkg', 1),
  name: 'htop',
  version: '3.2',
  format: 'deb',
  platform: 'linux',
  architecture: 'amd64',
  dependencies: [],
  content: { sha256: 'a'.repeat(64), sizeBytes: contentBytes.length, fileName: 'htop.deb' },
  command: null,
  parameters: '',
  detection: { kind: 'none' },
  exitCodes: { '0': 'success' },
  installTimeoutMs: 60_000,
  createdAt: at,
};

/** An engine over a real store, vault and journals in a folder of its own, with fake workers. */
export class EngineWorld {
  readonly folder: string;
  readonly workers: FakeDeliveryWorkers;
  readonly errors: string[] = [];
  /** Every row that was told, in order. */
  readonly told: { runId: string; row: RunDevice }[] = [];
  readonly #listeners: ((one: { runId: string; row: RunDevice }) => void)[] = [];
  store!: Store;
  engine!: Engine;

  private constructor(folder: string, workers: FakeDeliveryWorkers) {
    this.folder = folder;
    this.workers = workers;
  }

  static async make(script?: FakeScript): Promise<EngineWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'haifu-engine-'));
    const world = new EngineWorld(folder, new FakeDeliveryWorkers(script));
    await world.#open(world.workers);
    await writeFile(join(folder, samplePackage.content.sha256), contentBytes);
    await world.put({ collection: 'packages', put: [samplePackage], removed: [] });
    onTestFinished(async () => {
      await world.engine.stop();
      await world.store.close();
      await rm(folder, { recursive: true, force: true });
    });
    return world;
  }

  /** As after a kill: nothing is said goodbye to, and what is on the disk is read again. */
  async restart(script: FakeScript): Promise<FakeDeliveryWorkers> {
    await this.engine.stop();
    await this.store.close();
    const workers = new FakeDeliveryWorkers(script);
    await this.#open(workers);
    await this.engine.recover();
    return workers;
  }

  /** Puts other entries into a run's journal, as an earlier version of the program would have written them. */
  async rewriteJournal(runId: string, change: (entry: RunJournalEntry) => unknown): Promise<void> {
    const path = join(this.folder, 'runs', runId, 'journal.ndjson');
    const { records } = scanRecords(await readFile(path));
    const changed = records.map(({ payload }) =>
      Array.isArray(payload) ? (payload as RunJournalEntry[]).map(change) : payload,
    );
    await writeFile(path, Buffer.concat(changed.map(encodeRecord)));
  }

  async put(...changes: Change[]): Promise<void> {
    const outcome = await this.store.commit(() => ok({ changes, value: null }));
    if (!outcome.ok) throw new Error(outcome.failure.code);
  }

  async addDevices(count: number, more: (index: number) => Partial<Device> = () => ({})): Promise<Device[]> {
    const devices = Array.from({ length: count }, (_, index) => sampleDevice(index + 1, more(index + 1)));
    await this.put({ collection: 'devices', put: devices, removed: [] });
    return devices;
  }

  async addTask(
    devices: readonly Device[],
    settings: Partial<TaskSettings> = {},
    more: Partial<RemoteInstallationTask> = {},
  ): Promise<RemoteInstallationTask> {
    const task: RemoteInstallationTask = {
      id: randomIds.entityId('task'),
      number: 1,
      name: 'Installation of htop',
      packageId: samplePackage.id,
      targets: { kind: 'devices', deviceIds: devices.map((device) => device.id) },
      settings: { ...defaultTaskSettings(''), ...settings },
      attempts: {},
      createdAt: at,
      createdBy: 'tanaka',
      ...more,
    };
    await this.put({ collection: 'tasks', put: [task], removed: [] });
    return task;
  }

  task(id: string): RemoteInstallationTask {
    return this.store.model.tasks.get(id)!;
  }

  async start(task: RemoteInstallationTask): Promise<Run> {
    return must(await this.engine.start(task.id, 'tanaka'));
  }

  async rows(runId: string): Promise<RunDevice[]> {
    return must(await this.engine.read(runId)).devices;
  }

  async states(runId: string): Promise<AttemptState[]> {
    return (await this.rows(runId)).map((row) => row.state);
  }

  /** Resolves with the run once it has ended. */
  ended(runId: string): Promise<Run> {
    return new Promise((resolve) => {
      const look = () => {
        const run = this.store.model.runs.get(runId);
        if (run?.finishedAt != null) resolve(run);
        return run?.finishedAt != null;
      };
      if (look()) return;
      const stop = this.store.onCommitted(() => {
        if (look()) stop();
      });
    });
  }

  /** Resolves once a row was told for which this holds. */
  hasTold(test: (one: { runId: string; row: RunDevice }) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (this.told.some(test)) return resolve();
      this.#listeners.push((one) => {
        if (test(one)) resolve();
      });
    });
  }

  async runToEnd(task: RemoteInstallationTask): Promise<{ run: Run; rows: RunDevice[] }> {
    const started = await this.start(task);
    const run = await this.ended(started.id);
    return { run, rows: await this.rows(run.id) };
  }

  async #open(workers: FakeDeliveryWorkers): Promise<void> {
    const log: ServerLog = {
      info: () => {},
      error: (text, cause) => void this.errors.push(`${text} ${cause ?? ''}`),
    };
    this.store = must(await openStore(this.folder, { clock: systemClock }));
    this.engine = new Engine({
      store: this.store,
      vault: must(await openVault(this.folder)),
      dataFolder: this.folder,
      contentPath: (sha256) => join(this.folder, sha256),
      workers,
      deliveryMethods: new Set(['ssh']),
      knownHostsFiles: [],
      events: {
        rowChanged: (runId, row) => {
          this.told.push({ runId, row });
          for (const listener of this.#listeners) listener({ runId, row });
        },
        progressed: () => {},
        logged: () => {},
      },
      clock: systemClock,
      ids: randomIds,
      log,
      busyRetryMs: 1,
      diskRetryMs: 1,
    });
  }
}

export function must<T>(outcome: { ok: true; value: T } | { ok: false; failure: { code: string } }): T {
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}
