import type { AttemptOrder, CancelRequest } from '../../delivery/deliveryMethod.ts';
import { isFinal, isInstallerStarted, occupiesSlot } from '../../domain/attempt.ts';
import { attemptsOf, isCounted } from '../../domain/attempts.ts';
import { type Failure, failed, failure, type Outcome } from '../../domain/failure.ts';
import type { InstallationPackage, RemoteInstallationTask, Run, RunDevice } from '../../domain/model.ts';
import { type StopReason, stopReason } from '../../domain/waves.ts';
import type { RunJournal } from '../store/runJournal.ts';
import { cancelledBy } from './afterFailure.ts';
import { type AttemptEnd, AttemptExecution, type AttemptRun } from './attemptExecution.ts';
import { attemptOrder } from './attemptOrder.ts';
import { endedRow } from './attemptRow.ts';
import type { EngineParts } from './engineParts.ts';
import type { RunPlan } from './runPlan.ts';
import { RunQueue } from './runQueue.ts';
import { RunRecord } from './runRecord.ts';
import type { RunRows } from './runRows.ts';
import { type NoStart, startWithLicense } from './startOf.ts';
import { WaitingAside } from './waitingAside.ts';

/** A package manager that is busy this often is not waited for any longer (not counted, B82). */
const maxBusyTries = 5;
const defaultBusyRetryMs = 30_000;

/** A live run: which device is next, how many at once, what an ended attempt is followed by. */
export class RunExecution implements AttemptRun {
  readonly rows: RunRows;
  readonly taskId: string;
  readonly packageLabel: string;
  readonly startedBy: string;
  cancelledBy: string | null = null;
  readonly #parts: EngineParts;
  readonly #record: RunRecord;
  readonly #queue: RunQueue;
  readonly #active = new Map<string, AttemptExecution>();
  readonly #aside = new WaitingAside();
  readonly #busyTries = new Map<string, number>();
  /** Their end is being written: nothing else may end them. */
  readonly #ending = new Set<string>();
  readonly #onEnded: (run: RunExecution) => void;
  /** Null: a run of an earlier version, which kept none. */
  readonly #package: InstallationPackage | null;
  readonly #runId: string;
  #slots = 0;
  #stop: StopReason | null = null;
  #isFilling = false;
  #isFinishing = false;

  constructor(
    parts: EngineParts,
    run: Run,
    rows: RunRows,
    journal: RunJournal,
    plan: RunPlan | null,
    onEnded: (run: RunExecution) => void,
  ) {
    this.#parts = parts;
    this.#runId = run.id;
    this.rows = rows;
    this.#record = new RunRecord(parts, run, rows, journal, plan);
    this.#onEnded = onEnded;
    this.#package = plan?.installationPackage ?? null;
    this.taskId = run.taskId;
    this.packageLabel = run.packageLabel;
    this.startedBy = run.startedBy;
    this.#queue = new RunQueue([...rows.rows.keys()], this.#task?.settings.waveSize ?? null);
  }

  get run(): Run {
    return this.#record.run;
  }

  /** Takes up what may be running on devices already, before anything new is started (B83). */
  resume(): void {
    for (const row of this.rows.rows.values()) {
      if (isFinal(row.state)) this.#queue.ended(row.deviceId);
      else if (!isInstallerStarted(row.state)) this.#queue.putLast(row.deviceId);
      else {
        this.#parts.claims.claim(row.deviceId, this.#runId, () => {});
        this.#parts.licenses.resume(this.rows.recordOf(row.deviceId).licenseId, row.deviceId);
        this.#execute(row.deviceId, row.method!, null, row.attempt);
      }
    }
  }

  /** Starts what may start, cancels what is to be cancelled; ends the run when nothing is left. */
  begin(): void {
    for (const { deviceId, state } of [...this.rows.rows.values()]) {
      if (isFinal(state)) continue;
      const record = this.rows.recordOf(deviceId);
      if (this.#record.state === 'cancelling') record.cancel ??= 'leave';
      if (state === 'waiting' && record.cancel !== null) void this.#cancelWaiting(deviceId);
    }
    this.#checkThreshold();
    if (this.rows.openCount === 0) void this.#finish();
    else this.fill();
  }

  fill(): void {
    if (this.#isFilling || this.#record.state !== 'running') return;
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
    if (deviceIds === null) await this.#record.setCancelling();
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
    if (!task) return failed('input.notFound', { kind: 'task', name: this.run.taskName });
    const row = this.rows.get(deviceId);
    if (!device) return failed('input.notFound', { kind: 'device', name: row.name });
    const installationPackage = this.#packageOfRun;
    if (!installationPackage) return failed('input.notFound', { kind: 'package', name: task.packageId });
    const record = this.rows.recordOf(deviceId);
    const subject = { runId: this.#runId, deviceCount: this.rows.rows.size, record };
    return attemptOrder(this.#parts, { ...subject, task, installationPackage, device, row });
  }

  mayTryAgain(deviceId: string, count: 'counted' | 'busy'): boolean {
    if (this.#stop !== null || this.#record.state !== 'running') return false;
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
    this.#aside.close();
    await this.#record.close();
  }

  get #task(): RemoteInstallationTask | undefined {
    return this.#parts.store.model.tasks.get(this.taskId);
  }

  /** As it was when the run was started; of an older run that is not known. */
  get #packageOfRun(): InstallationPackage | undefined {
    return this.#package ?? this.#parts.store.model.packages.get(this.#task?.packageId ?? '');
  }

  #start(deviceId: string, task: RemoteInstallationTask | undefined): void {
    const isFree = this.#parts.claims.claim(deviceId, this.#runId, () => {
      if (!this.#aside.remove(deviceId)) return;
      this.#queue.putFirst(deviceId);
      this.fill();
    });
    if (!isFree) {
      this.#aside.put(deviceId);
      this.rows.show(deviceId, { activity: 'waitingForOtherRun' });
      return;
    }
    const start = startWithLicense(this.#parts, task, this.#packageOfRun, deviceId);
    if ('mayCome' in start) {
      this.#waitForSeat(deviceId, start.mayCome);
      return;
    }
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
    const holdsSlot = fresh !== null || occupiesSlot(this.rows.get(deviceId).state);
    const execution = new AttemptExecution(this.#parts, this, { deviceId, method, attempt, holdsSlot });
    this.#active.set(deviceId, execution);
    if (holdsSlot) this.#slots++;
    void execution.run(fresh).then((end) => this.#attemptEnded(deviceId, execution, end));
  }

  async #attemptEnded(deviceId: string, execution: AttemptExecution, end: AttemptEnd): Promise<void> {
    if (end === 'stopped') return;
    this.#active.delete(deviceId);
    if (execution.holdsSlot) this.#slots--;
    if (end === 'final') this.#deviceEnded(deviceId);
    else this.fill();
    // Only now: a threshold that has been reached lets nobody start on the seat that is free again.
    this.#parts.licenses.release(deviceId);
    // What its worker still takes away on the device must not be the next attempt's.
    await execution.left;
    this.#parts.claims.release(deviceId);
    if (end !== 'final') this.#goOn(deviceId, end);
  }

  /** After a failure that this run may try again (B23, B82). */
  #goOn(deviceId: string, end: 'again' | 'againWhenNotBusy'): void {
    if (this.#ending.has(deviceId) || this.#parts.durably.isStopping) return;
    if (this.rows.recordOf(deviceId).cancel !== null) void this.#cancelWaiting(deviceId);
    else if (this.#stop !== null) void this.#stopWaiting(deviceId, this.#stop);
    else if (end === 'again') this.#queue.putLast(deviceId);
    else this.#waitWhileBusy(deviceId);
    this.fill();
  }

  /** All seats are taken, some by devices that may yet fail: only then is it certain that this one gets none. */
  #waitForSeat(deviceId: string, licenseId: string): void {
    this.#aside.put(deviceId);
    this.rows.show(deviceId, { activity: 'waitingForSeat' });
    this.#parts.licenses.await(licenseId, { runId: this.#runId, deviceId }, () => {
      if (!this.#aside.remove(deviceId)) return;
      this.#queue.putLast(deviceId);
      this.fill();
    });
    this.#parts.claims.release(deviceId);
  }

  #waitWhileBusy(deviceId: string): void {
    this.#busyTries.set(deviceId, (this.#busyTries.get(deviceId) ?? 0) + 1);
    this.#aside.putFor(deviceId, this.#parts.busyRetryMs ?? defaultBusyRetryMs, () => {
      this.#queue.putLast(deviceId);
      this.fill();
    });
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
    const reason = stopReason(this.rows.counts, task.settings, this.rows.rows.size);
    if (reason === null) return;
    this.#stop = reason;
    for (const deviceId of [...this.#queue.drain(), ...this.#aside.all()]) {
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
    this.#aside.remove(deviceId);
    this.#parts.claims.forget(deviceId, this.#runId);
    this.#parts.licenses.forget({ runId: this.#runId, deviceId });
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
    await this.#parts.findings.flush();
    if (await this.#record.end()) this.#onEnded(this);
  }
}
