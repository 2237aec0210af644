import type { AttemptOrder, CancelRequest, SeenHostKey, Transition } from '../../delivery/deliveryMethod.ts';
import { canTransition, isFinal, isInstallerStarted, isSuccess, occupiesSlot } from '../../domain/attempt.ts';
import { type Failure, failure, type Outcome } from '../../domain/failure.ts';
import type { AttemptListener, Delivery } from '../workers/deliveryWorkers.ts';
import { afterFailure, cancelledBy } from './afterFailure.ts';
import { AttemptLogWriter } from './attemptLogWriter.ts';
import { againRow, backToWaiting, cancelActivity, connectingRow, endedRow, rowAfter } from './attemptRow.ts';
import type { EngineParts } from './engineParts.ts';
import type { RunRows } from './runRows.ts';

/** A worker that dies over one attempt again and again dies because of it. */
const maxCrashes = 3;
/** After so many it is delivered by a worker of its own: the others there may be innocent. */
const crashesTogether = 2;

export type AttemptEnd = 'final' | 'again' | 'againWhenNotBusy' | 'stopped';

/** What an attempt needs of its run. */
export interface AttemptRun {
  readonly rows: RunRows;
  readonly taskId: string;
  readonly packageLabel: string;
  readonly startedBy: string;
  /** Who asked for the cancellation, for people. */
  readonly cancelledBy: string | null;
  order(deviceId: string): Outcome<AttemptOrder>;
  /** True while this run may try the device again by itself. */
  mayTryAgain(deviceId: string, count: 'counted' | 'busy'): boolean;
  /** The device takes a place of the run's concurrency, or gives it back (B35). Not called for the end. */
  slotChanged(holdsSlot: boolean): void;
}

/**
 * One device's present attempt: orders it from a worker, writes what the worker reports and decides what follows.
 * The same attempt id is ordered again after a worker's or the server's death (B83).
 */
export class AttemptExecution {
  holdsSlot: boolean;
  readonly #parts: EngineParts;
  readonly #run: AttemptRun;
  readonly #deviceId: string;
  readonly #method: string;
  readonly #log: AttemptLogWriter;
  #delivery: Delivery | null = null;
  #left: Promise<void> = Promise.resolve();
  #end: AttemptEnd | null = null;
  /** The device's row is written by one at a time: a report, or a cancellation. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    parts: EngineParts,
    run: AttemptRun,
    subject: {
      readonly deviceId: string;
      readonly method: string;
      readonly attempt: number;
      readonly holdsSlot: boolean;
    },
  ) {
    const { deviceId, method, attempt, holdsSlot } = subject;
    this.#parts = parts;
    this.#run = run;
    this.#deviceId = deviceId;
    this.#method = method;
    this.holdsSlot = holdsSlot;
    this.#log = new AttemptLogWriter(parts, { runId: run.rows.runId, deviceId, attempt });
  }

  /** Resolves when no worker is at the device for this attempt any more: it cleans up behind the end. */
  get left(): Promise<void> {
    return this.#left;
  }

  /** Resolves when the attempt is over; never rejects. */
  async run(attempt: { readonly attemptId: string; readonly attempt: number } | null): Promise<AttemptEnd> {
    try {
      const end = await this.#deliver(attempt);
      await this.#log.close();
      return end;
    } catch (error) {
      this.#parts.log.error('attempt', error);
      return this.#finish('failed', failure('server.internal'));
    }
  }

  /** B87. Durable before the worker hears of it. Resolves at once for an attempt that is over. */
  async cancel(request: CancelRequest): Promise<void> {
    this.#record.cancel = request;
    await this.#inOrder(async () => {
      const row = { ...this.#row, activity: cancelActivity(this.#row, request) ?? this.#row.activity };
      if (this.#end === null && (await this.#run.rows.write(row))) this.#delivery?.cancel(request);
    });
  }

  get #row() {
    return this.#run.rows.get(this.#deviceId);
  }
  get #record() {
    return this.#run.rows.recordOf(this.#deviceId);
  }
  get #cancelled() {
    return cancelledBy(this.#run.cancelledBy);
  }

  async #deliver(
    attempt: { readonly attemptId: string; readonly attempt: number } | null,
  ): Promise<AttemptEnd> {
    if (attempt && !(await this.#connecting(attempt))) return 'stopped';
    for (let crashes = 0; ; crashes++) {
      if (crashes > maxCrashes) return this.#giveUp();
      if (crashes > 0 && !isInstallerStarted(this.#row.state)) {
        const { attemptId, attempt: number } = this.#row;
        if (!(await this.#run.rows.write(backToWaiting(this.#row)))) return 'stopped';
        if (!(await this.#connecting({ attemptId: attemptId!, attempt: number }))) return 'stopped';
      }
      if (this.#record.cancel !== null && !isInstallerStarted(this.#row.state)) {
        return this.#finish('cancelled', this.#cancelled);
      }
      const order = this.#run.order(this.#deviceId);
      if (!order.ok) return this.#finish('failed', order.failure);
      this.#log.expectReplay();
      await this.#deliverOnce(order.value, crashes >= crashesTogether);
      if (this.#end !== null) return this.#end;
      if (this.#parts.durably.isStopping) return 'stopped';
    }
  }

  #connecting(attempt: { readonly attemptId: string; readonly attempt: number }): Promise<boolean> {
    return this.#inOrder(() => {
      this.#record.resume = null;
      this.#record.licenseId = this.#parts.licenses.heldBy(this.#deviceId);
      const at = this.#parts.clock.now();
      return this.#run.rows.write(connectingRow(this.#row, { ...attempt, method: this.#method }, at));
    });
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Resolves with the attempt's end, or when its worker has died or returned without one. */
  #deliverOnce(order: AttemptOrder, isAlone: boolean): Promise<void> {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    this.#left = left;
    return new Promise((resolve, reject) => {
      /** A report that is never acknowledged: the server is stopping. */
      const report = (work: () => Promise<boolean>): Promise<void> =>
        new Promise((acknowledge) => {
          this.#inOrder(async () => {
            if (this.#end !== null || (await work())) acknowledge();
            if (this.#end !== null) resolve();
          }).catch(reject);
        });
      const listener: AttemptListener = {
        transition: (transition) => report(() => this.#transition(transition)),
        hostKeySeen: (key) => report(() => this.#hostKeySeen(key)),
        rootPasswordSent: () => report(() => this.#rootPasswordSent()),
        progress: (sent, total) => this.#run.rows.progress(this.#deviceId, sent, total),
        activity: (code) => {
          const activity = code ?? cancelActivity(this.#row, this.#record.cancel);
          if (this.#end === null) this.#run.rows.show(this.#deviceId, { activity });
        },
        log: (text) => this.#log.append(text),
        accountTried: (accountId, isAccepted) => this.#accountTried(accountId, isAccepted),
        ended: () => {
          leave();
          void this.#last.then(() => resolve());
        },
      };
      this.#delivery = this.#parts.workers.deliver(this.#method, order, listener, isAlone);
      const { cancel } = this.#record;
      if (cancel !== null) this.#delivery.cancel(cancel);
    });
  }

  async #transition(transition: Transition): Promise<boolean> {
    const row = this.#row;
    const { state } = transition;
    if (transition.facts) {
      this.#parts.findings.factsSeen(this.#deviceId, {
        ...transition.facts,
        seenAt: this.#parts.clock.now(),
      });
    }
    if (state !== row.state && !canTransition(row.state, state)) {
      // A worker that takes an attempt up again goes through its first stages once more.
      if (!isFinal(state)) return true;
      this.#parts.log.error(`attempt ${row.attemptId}: ${state} after ${row.state}`);
    }
    // What comes after the check was asked of root: the password was right, or there was none.
    if (state !== 'connecting' && state !== 'checking') this.#record.isRootPasswordUnanswered = false;
    const { resume } = this.#record;
    this.#record.resume = {
      state,
      exitCode: transition.exitCode ?? resume?.exitCode ?? null,
      bootIdBeforeRestart: transition.bootIdBeforeRestart ?? resume?.bootIdBeforeRestart ?? null,
      installFailure: transition.installFailure ?? resume?.installFailure ?? null,
      wasPresent: transition.wasPresent ?? resume?.wasPresent ?? null,
    };
    if (state === 'failed' && transition.failure) return this.#failed(transition);
    if (isSuccess(state) && !(await this.#keepSeat())) return false;
    return this.#write(rowAfter(row, this.#withWho(transition), this.#parts.clock.now()));
  }

  /** The device has its license before anybody hears that it is installed. */
  #keepSeat(): Promise<boolean> {
    const names = { deviceName: this.#row.name, packageLabel: this.#run.packageLabel };
    return this.#parts.durably.do(() => this.#parts.licenses.keep(this.#deviceId, names));
  }

  /** B27: the counter first, then the journal, then the acknowledgement and the event. */
  async #failed(transition: Transition): Promise<boolean> {
    const { counts, again } = afterFailure(transition.failure!);
    const { attemptId } = this.#row;
    if (counts) {
      const failedAttempt = { taskId: this.#run.taskId, deviceId: this.#deviceId, attemptId: attemptId! };
      if (!(await this.#parts.durably.do(() => this.#parts.countAttempt(failedAttempt)))) return false;
    }
    const isCancelled = this.#record.cancel !== null;
    if (again !== null && !isCancelled && this.#run.mayTryAgain(this.#deviceId, again)) {
      this.#record.resume = null;
      const row = againRow(this.#row, transition, this.#parts.clock.now());
      return this.#write(row, again === 'busy' ? 'againWhenNotBusy' : 'again');
    }
    return this.#write(rowAfter(this.#row, transition, this.#parts.clock.now()));
  }

  /** A worker knows that it was cancelled, not by whom. An installer that was ended has a reason of its own. */
  #withWho(transition: Transition): Transition {
    const isPlain = transition.failure == null || transition.failure.code === 'run.cancelled';
    return transition.state === 'cancelled' && isPlain
      ? { ...transition, failure: this.#cancelled }
      : transition;
  }

  async #write(row: ReturnType<typeof rowAfter>, end: AttemptEnd | null = null): Promise<boolean> {
    const activity = row.activity ?? cancelActivity(row, this.#record.cancel);
    if (!(await this.#run.rows.write({ ...row, activity }))) return false;
    this.#end = end ?? (isFinal(row.state) ? 'final' : null);
    const holdsSlot = occupiesSlot(row.state);
    if (this.#end === null && holdsSlot !== this.holdsSlot) {
      this.holdsSlot = holdsSlot;
      this.#run.slotChanged(holdsSlot);
    }
    return true;
  }

  /** An end that no worker reported. */
  #finish(state: 'failed' | 'cancelled', reason: Failure): Promise<AttemptEnd> {
    return this.#inOrder(async () => {
      const row = endedRow(this.#row, state, reason, this.#parts.clock.now());
      if (this.#end === null && (await this.#run.rows.write(row))) this.#end = 'final';
      return this.#end ?? 'stopped';
    });
  }

  #giveUp(): Promise<AttemptEnd> {
    const code = isInstallerStarted(this.#row.state) ? 'installer.outcomeUnknown' : 'worker.crashed';
    return this.#finish('failed', failure(code));
  }

  #hostKeySeen(key: SeenHostKey): Promise<boolean> {
    return this.#parts.durably.do(() => this.#parts.recordHostKey(key, this.#run.startedBy));
  }

  /** B50: on the disk before it goes out, so that nobody sends it again who cannot know the verdict. */
  #rootPasswordSent(): Promise<boolean> {
    this.#record.isRootPasswordUnanswered = true;
    return this.#run.rows.write(this.#row);
  }

  #accountTried(accountId: string, isAccepted: boolean): void {
    if (isAccepted) {
      this.#run.rows.show(this.#deviceId, { accountId });
      this.#parts.findings.accountWorked(this.#deviceId, accountId);
      return;
    }
    const record = this.#record;
    if (record.refusedAccountIds.includes(accountId)) return;
    record.refusedAccountIds = [...record.refusedAccountIds, accountId];
    // Lockout guard: the next step may be a long time off, and a server killed before it must not guess again.
    void this.#inOrder(async () => {
      if (this.#end === null) await this.#run.rows.write(this.#row);
    }).catch((error) => this.#parts.log.error('attempt', error));
  }
}
