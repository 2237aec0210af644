import type {
  AttemptOrder,
  CancelRequest,
  ReadinessOrder,
  ReadinessReport,
  SeenHostKey,
  Transition,
} from '../../delivery/deliveryMethod.ts';
import type { Outcome } from '../../domain/failure.ts';

/** What one attempt tells the engine while a worker runs it. */
export interface AttemptListener {
  /** The worker is acknowledged when this resolves, and waits until then. */
  transition(transition: Transition): Promise<void>;
  /** As `transition`. */
  hostKeySeen(key: SeenHostKey): Promise<void>;
  /** As `transition`. */
  rootPasswordSent(): Promise<void>;
  progress(sentBytes: number, totalBytes: number): void;
  activity(code: string | null): void;
  log(text: string): void;
  accountTried(accountId: string, isAccepted: boolean): void;
  /** Once, last: the attempt's code has returned, or its worker has died. */
  ended(how: 'delivered' | 'crashed'): void;
}

export interface Delivery {
  cancel(request: CancelRequest): void;
}

/** The processes that talk to devices, as the engine sees them. */
export interface DeliveryWorkers {
  /** There will be work soon: a worker's start is not waited for then. */
  warm(): void;
  /** `isAlone`: in a worker of its own, since workers died over it before. */
  deliver(method: string, order: AttemptOrder, listener: AttemptListener, isAlone?: boolean): Delivery;
  /** worker.crashed when the worker died over it. */
  check(
    method: string,
    order: ReadinessOrder,
  ): Promise<Outcome<{ report: ReadinessReport; hostKeys: readonly SeenHostKey[] }>>;
  /** Ends every worker. Installers on devices go on. */
  close(): Promise<void>;
}
