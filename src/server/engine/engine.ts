import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CancelRequest } from '../../delivery/deliveryMethod.ts';
import { isFinal } from '../../domain/attempt.ts';
import { isExhausted } from '../../domain/attempts.ts';
import { failed, type Outcome } from '../../domain/failure.ts';
import type {
  Device,
  InstallationPackage,
  RemoteInstallationTask,
  Run,
  RunDevice,
} from '../../domain/model.ts';
import { devicesToRetry, type RetrySet } from '../../domain/retrySet.ts';
import { countStates } from '../../domain/runCounts.ts';
import { devicesOf } from '../../domain/targets.ts';
import { ok } from '../../shared/result.ts';
import { type RunJournal, readRunJournal } from '../store/runJournal.ts';
import { waitingRow } from './attemptRow.ts';
import { type EngineOptions, type EngineParts, engineParts } from './engineParts.ts';
import { recordNewRun } from './newRun.ts';
import { rebuildRun, recoverRun } from './recovery.ts';
import { RunExecution } from './runExecution.ts';
import type { RunPlan } from './runPlan.ts';
import { RunRows } from './runRows.ts';
import { startRunSummaries } from './runSummaries.ts';

const keptEndedRuns = 4;

/** Runs tasks. Holds what is live; everything else is read from the store and the runs' journals. */
export class Engine {
  readonly parts: EngineParts;
  readonly #live = new Map<string, RunExecution>();
  readonly #endSummaries: () => void;
  readonly #endedRows = new Map<string, RunDevice[]>();
  #lastRunNumber: number;

  constructor(options: EngineOptions) {
    this.parts = engineParts(options);
    const { store, log } = this.parts;
    this.#lastRunNumber = Math.max(0, ...Array.from(store.model.runs.values(), (run) => run.number));
    this.#endSummaries = startRunSummaries(store, log, () => Array.from(this.#live.values(), (r) => r.run));
  }

  get liveRunCount(): number {
    return this.#live.size;
  }

  /** The label of a live run that still has work on this device, or null. */
  busyWith(deviceId: string): string | null {
    for (const { run, rows } of this.#live.values()) {
      const row = rows.rows.get(deviceId);
      if (row && !isFinal(row.state)) return `${run.taskName} #${run.number}`;
    }
    return null;
  }

  hasLiveRunOf(taskId: string): boolean {
    return Array.from(this.#live.values()).some((run) => run.taskId === taskId);
  }

  /** Continues every run that an earlier server left behind. Resolves when all are under way. */
  async recover(): Promise<void> {
    const unfinished = [...this.parts.store.model.runs.values()].filter((run) => run.finishedAt === null);
    const recovered: RunExecution[] = [];
    for (const run of unfinished.toSorted((a, b) => a.number - b.number)) {
      const execution = await this.#recoverRun(run);
      if (execution) recovered.push(execution);
    }
    // Devices with a running installer are claimed before any run starts something new.
    for (const execution of recovered) execution.resume();
    for (const execution of recovered) execution.begin();
  }

  /** Runs the task on its targets as they are now (B58, B63). */
  async start(taskId: string, user: string): Promise<Outcome<Run>> {
    const task = this.parts.store.model.tasks.get(taskId);
    if (!task) return failed('input.notFound', { kind: 'task', name: taskId });
    const devices = devicesOf(this.parts.store.model, task.targets);
    const isGroup = task.targets.kind === 'group';
    return this.#begin(task, isGroup ? devices.toSorted(byName) : devices, null, user);
  }

  /** B88: exactly those devices of the run, in a new run of its task. */
  async retry(
    runId: string,
    sets: readonly RetrySet[],
    marked: readonly string[],
    user: string,
  ): Promise<Outcome<Run>> {
    const read = await this.read(runId);
    if (!read.ok) return read;
    const { run, devices: rows } = read.value;
    const known = new Set(rows.map((row) => row.deviceId));
    if (marked.some((deviceId) => !known.has(deviceId)))
      return failed('input.invalid', { field: 'deviceIds', expected: 'deviceOfRun' });
    const task = this.parts.store.model.tasks.get(run.taskId);
    if (!task) return failed('input.notFound', { kind: 'task', name: run.taskName });
    const devices = devicesToRetry(rows, sets, marked).flatMap(
      (deviceId) => this.parts.store.model.devices.get(deviceId) ?? [],
    );
    // B30: a run that could start nothing is none; what can be done is said instead.
    if (devices.length > 0 && devices.every(({ id }) => isExhausted(task, id))) {
      const limit = task.settings.attemptsLimit;
      return failed('attempts.allExhausted', { count: devices.length, limit, task: task.number });
    }
    return this.#begin(task, devices, run.id, user);
  }

  /** B87. */
  async cancel(
    runId: string,
    deviceIds: readonly string[] | null,
    request: CancelRequest,
    user: string,
  ): Promise<Outcome<null>> {
    const live = this.#live.get(runId);
    if (!live) {
      const run = this.parts.store.model.runs.get(runId);
      // A run that has just ended needs no cancellation: asking again is no mistake.
      return run ? ok(null) : failed('input.notFound', { kind: 'run', name: runId });
    }
    if (deviceIds?.some((deviceId) => !live.rows.rows.has(deviceId)))
      return failed('input.invalid', { field: 'deviceIds', expected: 'deviceOfRun' });
    await live.cancel(deviceIds, request, user);
    return ok(null);
  }

  /** A run and its rows: from memory while it is live, else from its journal. */
  async read(runId: string): Promise<Outcome<{ run: Run; devices: RunDevice[] }>> {
    const live = this.#live.get(runId);
    if (live) return ok({ run: live.run, devices: [...live.rows.rows.values()] });
    const run = this.parts.store.model.runs.get(runId);
    if (!run) return failed('input.notFound', { kind: 'run', name: runId });
    const known = this.#endedRows.get(runId);
    if (known) return ok({ run, devices: known });
    const entries = await readRunJournal(this.parts.dataFolder, runId);
    if (!entries.ok) return entries;
    const devices = rebuildRun(entries.value)?.rows ?? [];
    if (run.finishedAt !== null) this.#keepEnded(runId, devices);
    return ok({ run, devices });
  }

  /** Removes an ended run, its journal and its logs. */
  async remove(runId: string): Promise<Outcome<null>> {
    if (!this.parts.store.model.runs.has(runId))
      return failed('input.notFound', { kind: 'run', name: runId });
    if (this.#live.has(runId)) return failed('input.invalid', { field: 'id', expected: 'endedRun' });
    const removed = await this.parts.store.commit(() =>
      ok({ changes: [{ collection: 'runs', put: [], removed: [runId] }], value: null }),
    );
    this.#endedRows.delete(runId);
    if (removed.ok) await rm(join(this.parts.dataFolder, 'runs', runId), { recursive: true, force: true });
    return removed;
  }

  /** New runs are refused; workers end; installers on devices go on and the next start reads their outcome. */
  async stop(): Promise<void> {
    this.parts.durably.stop();
    this.#endSummaries();
    await this.parts.workers.close();
    await this.parts.findings.flush();
    await Promise.all(Array.from(this.#live.values(), (run) => run.close()));
  }

  /** Rows of an ended run never change: a log that is read part by part reads its journal once. */
  #keepEnded(runId: string, rows: RunDevice[]): void {
    const [oldest] = this.#endedRows.keys();
    if (this.#endedRows.size >= keptEndedRuns && oldest !== undefined) this.#endedRows.delete(oldest);
    this.#endedRows.set(runId, rows);
  }

  async #begin(
    task: RemoteInstallationTask,
    devices: readonly Device[],
    retryOf: string | null,
    user: string,
  ): Promise<Outcome<Run>> {
    const { store, clock, ids, durably } = this.parts;
    if (durably.isStopping) return failed('server.stopping');
    if (devices.length === 0)
      return failed('input.invalid', { field: 'targets', expected: 'atLeastOneDevice' });
    const installationPackage = store.model.packages.get(task.packageId);
    if (!installationPackage) return failed('input.notFound', { kind: 'package', name: task.packageId });
    const content = await this.#checkContent(installationPackage);
    if (!content.ok) return content;
    const rows = devices.map(waitingRow);
    const run: Run = {
      id: ids.entityId('run'),
      number: ++this.#lastRunNumber,
      taskId: task.id,
      taskName: task.name,
      packageLabel: `${installationPackage.name} ${installationPackage.version}`.trim(),
      state: 'running',
      startedAt: clock.now(),
      finishedAt: null,
      startedBy: user,
      counts: countStates(rows),
      deviceCount: rows.length,
      retryOf,
    };
    const plan: RunPlan = { installationPackage };
    const journal = await recordNewRun(this.parts, run, rows, plan);
    if (!journal.ok) return journal;
    if (durably.isStopping) {
      // The next start begins it.
      await journal.value.close();
      return ok(run);
    }
    const runRows = new RunRows(this.parts, run.id, journal.value, rows);
    const execution = this.#add(run, runRows, journal.value, plan);
    execution.resume();
    execution.begin();
    return ok(run);
  }

  #add(run: Run, rows: RunRows, journal: RunJournal, plan: RunPlan | null): RunExecution {
    const execution = new RunExecution(this.parts, run, rows, journal, plan, () => this.#live.delete(run.id));
    this.#live.set(run.id, execution);
    return execution;
  }

  async #recoverRun(run: Run): Promise<RunExecution | null> {
    const recovered = await recoverRun(this.parts.dataFolder, run.id);
    if (recovered.ok && recovered.value.rebuilt) {
      const { journal, rebuilt } = recovered.value;
      const rows = new RunRows(this.parts, run.id, journal, rebuilt.rows, rebuilt.records);
      // Its end may be in the journal and not yet in the store.
      const state = /^cancel/.test(rebuilt.run.state) ? 'cancelling' : 'running';
      return this.#add({ ...run, state }, rows, journal, rebuilt.plan);
    }
    const reason = recovered.ok ? 'empty journal' : recovered.failure.code;
    this.parts.log.error(`run ${run.number} cannot be continued: ${reason}`);
    const ended: Run = { ...run, state: 'finished', finishedAt: this.parts.clock.now() };
    await this.parts.store.commit(() =>
      ok({ changes: [{ collection: 'runs', put: [ended], removed: [] }], value: null }),
    );
    return null;
  }

  async #checkContent({ name, content }: InstallationPackage): Promise<Outcome<null>> {
    const found = await stat(this.parts.contentPath(content.sha256)).catch(() => null);
    if (!found) return failed('package.contentMissing', { name });
    return found.size === content.sizeBytes ? ok(null) : failed('package.contentDamaged', { name });
  }
}

const names = new Intl.Collator('en', { numeric: true });
const byName = (a: Device, b: Device): number => names.compare(a.name, b.name);
