import type { AttemptOrder, CancelRequest } from '../../delivery/deliveryMethod.ts';
import { isFinal, isInstallerStarted } from '../../domain/attempt.ts';
import { attemptsOf, isCounted } from '../../domain/attempts.ts';
import { type Failure, failed, failure, type Outcome } from '../../domain/failure.ts';
import type { RemoteInstallationTask, Run, RunDevice } from '../../domain/model.ts';
import { type StopReason, stopReason } from '../../domain/waves.ts';
import { ok } from '../../shared/result.ts';
import type { RunJournal } from '../store/runJournal.ts';
import { cancelledBy } from './afterFailure.ts';
import { type AttemptEnd, AttemptExecution, type AttemptRun } from './attemptExecution.ts';
import { attemptOrder } from './attemptOrder.ts';
import { endedRow } from './attemptRow.ts';
import type { EngineParts } from './engineParts.ts';
import { RunQueue } from './runQueue.ts';
import type { RunRows } from './runRows.ts';
import { type NoStart, startOf } from './startOf.ts';

/** A package manager that is busy this often is not waited for any longer (not counted, B82). */
const maxBusyTries = 5;
const defaultBusyRetryMs = 30_000;

/** A live run: which device is next, how many at once, what an ended attempt is followed by. */
export class RunExecution implements AttemptRun {
  readonly rows: RunRows;
  readonly taskId: string;
  readonly startedBy: string;
  cancelledBy: string | null = null;
  readonly #parts: EngineParts;
  readonly #journal: RunJournal;
  readonly #queue: RunQueue;
  readonly #active = new Map<string, AttemptExecution>();
  /** Waiting, but not in the queue: for another run, or for a busy package manager. */
  readonly #aside = new Map<string, NodeJS.Timeout | null>();
  readonly #busyTries = new Map<string, number>();
  /** Their end is being written: nothing else may end them. */
  readonly #ending = new Set<string>();
  readonly #onEnded: (run: RunExecution) => void;
  #run: Run;
  #slots = 0;
  #stop: StopReason | null = null;
  #isFilling = false;
  #isFinishing = false;

  constructor(
    parts: EngineParts,
    run: Run,
    rows: RunRows,
    journal: RunJournal,
    onEnded: (run: RunExecution) => void,
  ) {
    this.#parts = parts;
    this.#run = run;
    this.rows = rows;
    this.#journal = journal;
    this.#onEnded = onEnded;
    this.taskId = run.taskId;
    this.startedBy = run.startedBy;
    this.#queue = new RunQueue([...rows.rows.keys()], this.#task?.settings.waveSize ?? null);
  }

  /** The run with its newest counts. */
  get run(): Run {
    return { ...this.#run, counts: { ...this.rows.counts } };
  }

  /** Takes up what may be running on devices already, before anything new is started (B83). */
  resume(): void {
    for (const row of this.rows.rows.values()) {
      if (isFinal(row.state)) this.#queue.ended(row.deviceId);
      else if (!isInstallerStarted(row.state)) this.#queue.putLast(row.deviceId);
      else {
        this.#parts.claims.claim(row.deviceId, this.#run.id, () => {});
        this.#execute(row.deviceId, row.method!, null, row.attempt);
      }
    }
  }

  /** Starts what may start, cancels what is to be cancelled; ends the run when nothing is left. */
  begin(): void {
    for (const { deviceId, state } of [...this.rows.rows.values()]) {
      if (isFinal(state)) continue;
      const record = this.rows.recordOf(deviceId);
      if (this.#run.state === 'cancelling') record.cancel ??= 'leave';
      if (state === 'waiting' && record.cancel !== null) void this.#cancelWaiting(deviceId);
    }
    this.#checkThreshold();
    if (this.rows.openCount === 0) void this.#finish();
    else this.fill();
  }

  fill(): void {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      const task = this.#task;
      while (!this.#parts.durably.isStopping && this.#slots < (task?.settings.concurrency ?? 1)) {
        const deviceId = this.#queue.take();
        if (deviceId === undefined) break;
        this.#start(deviceId, task);
      }
    } finally {
      this.#isFilling = false;
    }
  }

  /** B87. Resolves when every request is durable. */
  async cancel(deviceIds: readonly string[] | null, request: CancelRequest, user: string): Promise<void> {
    this.cancelledBy = user;
    if (deviceIds === null && this.#run.state === 'running') {
      this.#run = { ...this.#run, state: 'cancelling' };
      const at = this.#parts.clock.now();
      await this.#parts.durably.do(() => this.#journal.append({ kind: 'run', at, state: 'cancelling' }));
      await this.#parts.durably.do(() => this.#save());
    }
    const asked = deviceIds ?? [...this.rows.rows.keys()];
    await Promise.all(
      asked.map((deviceId) => {
        if (isFinal(this.rows.get(deviceId).state)) return undefined;
        this.rows.recordOf(deviceId).cancel = request;
        const attempt = this.#active.get(deviceId);
        return attempt ? attempt.cancel(request) : this.#cancelWaiting(deviceId);
      }),
    );
  }

  order(deviceId: string): Outcome<AttemptOrder> {
    const task = this.#task;
    const device = this.#parts.store.model.devices.get(deviceId);
    if (!task) return failed('input.notFound', { kind: 'task', name: this.#run.taskName });
    const row = this.rows.get(deviceId);
    if (!device) return failed('input.notFound', { kind: 'device', name: row.name });
    const { refusedAccountIds, resume } = this.rows.recordOf(deviceId);
    const { id: runId, deviceCount } = this.#run;
    return attemptOrder(this.#parts, { runId, deviceCount, task, device, row, refusedAccountIds, resume });
  }

  mayTryAgain(deviceId: string, count: 'counted' | 'busy'): boolean {
    if (this.#stop !== null || this.#run.state !== 'running') return false;
    if (count === 'busy') return (this.#busyTries.get(deviceId) ?? 0) < maxBusyTries;
    const task = this.#task;
    return task !== undefined && attemptsOf(task, deviceId) < task.settings.attemptsLimit;
  }

  slotChanged(holdsSlot: boolean): void {
    this.#slots += holdsSlot ? 1 : -1;
    if (!holdsSlot) this.fill();
  }

  /** Timers end; what is under way is taken up by the next start. */
  async close(): Promise<void> {
    for (const timer of this.#aside.values()) if (timer !== null) clearTimeout(timer);
    await this.#journal.close();
  }

  get #task(): RemoteInstallationTask | undefined {
    return this.#parts.store.model.tasks.get(this.#run.taskId);
  }

  #start(deviceId: string, task: RemoteInstallationTask | undefined): void {
    const isFree = this.#parts.claims.claim(deviceId, this.#run.id, () => {
      if (!this.#aside.delete(deviceId)) return;
      this.#queue.putFirst(deviceId);
      this.fill();
    });
    if (!isFree) {
      this.#aside.set(deviceId, null);
      this.rows.show(deviceId, { activity: 'waitingForOtherRun' });
      return;
    }
    const start = startOf(this.#parts, task, deviceId);
    if ('state' in start) {
      void this.#endWithoutStart(deviceId, start);
      return;
    }
    const attemptId = this.rows.get(deviceId).attemptId ?? this.#parts.ids.attemptId();
    this.#execute(deviceId, start.method, { attemptId, attempt: start.attempt }, start.attempt);
  }

  #execute(
    deviceId: string,
    method: string,
    fresh: { readonly attemptId: string; readonly attempt: number } | null,
    attempt: number,
  ): void {
    const execution = new AttemptExecution(this.#parts, this, deviceId, method, attempt);
    this.#active.set(deviceId, execution);
    this.#slots++;
    void execution.run(fresh).then((end) => this.#attemptEnded(deviceId, execution, end));
  }

  #attemptEnded(deviceId: string, execution: AttemptExecution, end: AttemptEnd): void {
    if (end === 'stopped') return;
    this.#active.delete(deviceId);
    if (execution.holdsSlot) this.#slots--;
    this.#parts.claims.release(deviceId);
    if (end === 'final') this.#deviceEnded(deviceId);
    else if (this.rows.recordOf(deviceId).cancel !== null) void this.#cancelWaiting(deviceId);
    else if (this.#stop !== null) void this.#stopWaiting(deviceId, this.#stop);
    else if (end === 'again') this.#queue.putLast(deviceId);
    else this.#waitWhileBusy(deviceId);
    this.fill();
  }

  #waitWhileBusy(deviceId: string): void {
    this.#busyTries.set(deviceId, (this.#busyTries.get(deviceId) ?? 0) + 1);
    const timer = setTimeout(() => {
      this.#aside.delete(deviceId);
      this.#queue.putLast(deviceId);
      this.fill();
    }, this.#parts.busyRetryMs ?? defaultBusyRetryMs);
    this.#aside.set(deviceId, timer);
  }

  #deviceEnded(deviceId: string): void {
    this.#queue.ended(deviceId);
    this.#checkThreshold();
    if (this.rows.openCount === 0) void this.#finish();
    else this.fill();
  }

  /** B90: no new device starts once a threshold is reached. */
  #checkThreshold(): void {
    const task = this.#task;
    if (this.#stop !== null || !task) return;
    const reason = stopReason(this.rows.counts, task.settings);
    if (reason === null) return;
    this.#stop = reason;
    for (const deviceId of [...this.#queue.drain(), ...this.#aside.keys()]) {
      void this.#stopWaiting(deviceId, reason);
    }
  }

  #stopWaiting(deviceId: string, reason: StopReason): Promise<void> {
    return this.#endWaiting(deviceId, 'notStarted', failure('run.notStarted', { reason }));
  }

  #cancelWaiting(deviceId: string): Promise<void> {
    return this.#endWaiting(deviceId, 'cancelled', cancelledBy(this.cancelledBy));
  }

  /** A device whose installer has failed in this run and that waits for another try ends as failed. */
  #endWaiting(deviceId: string, state: NoStart['state'], reason: Failure): Promise<void> {
    this.#queue.remove(deviceId);
    const timer = this.#aside.get(deviceId);
    if (timer) clearTimeout(timer);
    this.#aside.delete(deviceId);
    this.#parts.claims.forget(deviceId, this.#run.id);
    const { failure: last } = this.rows.get(deviceId);
    return last !== null && isCounted(last)
      ? this.#end(deviceId, { state: 'failed', failure: last })
      : this.#end(deviceId, { state, failure: reason });
  }

  async #endWithoutStart(deviceId: string, end: NoStart): Promise<void> {
    await this.#end(deviceId, end);
    this.#parts.claims.release(deviceId);
  }

  async #end(deviceId: string, { state, failure }: NoStart): Promise<void> {
    if (this.#ending.has(deviceId)) return;
    this.#ending.add(deviceId);
    const row: RunDevice = endedRow(this.rows.get(deviceId), state, failure, this.#parts.clock.now());
    if (await this.rows.write(row)) this.#deviceEnded(deviceId);
  }

  async #finish(): Promise<void> {
    if (this.#isFinishing) return;
    this.#isFinishing = true;
    const state = this.#run.state === 'cancelling' ? 'cancelled' : 'finished';
    const at = this.#parts.clock.now();
    this.#run = { ...this.#run, state, finishedAt: at };
    await this.#parts.findings.flush();
    const isDone =
      (await this.#parts.durably.do(() => this.#journal.append({ kind: 'run', at, state }))) &&
      (await this.#parts.durably.do(() => this.#save()));
    if (!isDone) return;
    await this.#journal.close();
    this.#onEnded(this);
  }

  #save(): Promise<Outcome<null>> {
    return this.#parts.store.commit(() =>
      ok({ changes: [{ collection: 'runs', put: [this.run], removed: [] }], value: null }),
    );
  }
}
