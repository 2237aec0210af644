import type {
  AttemptOrder,
  CancelRequest,
  ReadinessOrder,
  ReadinessReport,
  SeenHostKey,
  Transition,
} from '../../src/delivery/deliveryMethod.ts';
import { failed, type Outcome } from '../../src/domain/failure.ts';
import type { AttemptListener, DeliveryWorkers } from '../../src/server/workers/deliveryWorkers.ts';
import { ok } from '../../src/shared/result.ts';

/** One attempt as a script sees it: what it was ordered, and the ways to report. */
export interface FakeAttempt extends Omit<AttemptListener, 'ended'> {
  readonly order: AttemptOrder;
  /** In a worker of its own. */
  readonly isAlone: boolean;
  /** Reports these states one after the other, each acknowledged. */
  go(...transitions: (Transition['state'] | Transition)[]): Promise<void>;
  readonly cancelRequests: readonly CancelRequest[];
  /** Resolves with the first request to cancel. */
  readonly cancelled: Promise<CancelRequest>;
  /** The worker dies: nothing more is heard of it. */
  crash(): void;
}

export type FakeScript = (attempt: FakeAttempt) => Promise<void> | void;

export const succeed: FakeScript = (attempt) =>
  attempt.go('checking', 'transferring', 'installing', 'verifying', 'succeeded');

/**
 * Workers without processes, SSH and devices: a script stands for each attempt. Leaves unproven what a real
 * worker does on a device, and the channel to it.
 */
export class FakeDeliveryWorkers implements DeliveryWorkers {
  script: FakeScript;
  checkScript: (order: ReadinessOrder) => Outcome<{ report: ReadinessReport; hostKeys: SeenHostKey[] }>;
  readonly orders: AttemptOrder[] = [];
  readonly checks: ReadinessOrder[] = [];
  active = 0;
  mostActive = 0;
  #isClosed = false;

  constructor(script: FakeScript = succeed) {
    this.script = script;
    this.checkScript = () => failed('worker.crashed');
  }

  warm() {}

  deliver(_method: string, order: AttemptOrder, listener: AttemptListener, isAlone = false) {
    this.orders.push(order);
    this.active++;
    this.mostActive = Math.max(this.mostActive, this.active);
    const cancelRequests: CancelRequest[] = [];
    let isOver = false;
    let hear = (_request: CancelRequest): void => {};
    const cancelled = new Promise<CancelRequest>((resolve) => {
      hear = resolve;
    });
    const end = (how: 'delivered' | 'crashed') => {
      if (isOver) return;
      isOver = true;
      this.active--;
      if (!this.#isClosed) listener.ended(how);
    };
    const { ended: _ended, ...reports } = listener;
    const attempt: FakeAttempt = {
      ...reports,
      order,
      isAlone,
      cancelRequests,
      cancelled,
      crash: () => end('crashed'),
      go: async (...transitions) => {
        for (const transition of transitions) {
          if (isOver || this.#isClosed) return new Promise(() => {});
          await listener.transition(typeof transition === 'string' ? { state: transition } : transition);
        }
      },
    };
    queueMicrotask(async () => {
      await this.script(attempt);
      end('delivered');
    });
    return {
      cancel: (request: CancelRequest) => {
        cancelRequests.push(request);
        hear(request);
      },
    };
  }

  async check(_method: string, order: ReadinessOrder) {
    this.checks.push(order);
    const outcome = this.checkScript(order);
    return outcome.ok ? ok(outcome.value) : outcome;
  }

  async close() {
    this.#isClosed = true;
  }
}
