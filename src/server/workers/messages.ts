import type {
  AttemptOrder,
  CancelRequest,
  ReadinessOrder,
  ReadinessReport,
  SeenHostKey,
  Transition,
} from '../../delivery/deliveryMethod.ts';

/** Server to worker, over the child's IPC channel ("advanced" serialisation; never argv or environment). */
export type ToWorker =
  | { readonly type: 'deliver'; readonly method: string; readonly order: AttemptOrder }
  | {
      readonly type: 'check';
      readonly requestId: number;
      readonly method: string;
      readonly order: ReadinessOrder;
    }
  | { readonly type: 'cancel'; readonly attemptId: string; readonly request: CancelRequest }
  | { readonly type: 'acknowledge'; readonly number: number }
  /** Answered by `alive`. */
  | { readonly type: 'areYouAlive' }
  | { readonly type: 'end' };

/** Worker to server. What carries a `number` is acknowledged once it is durable. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'alive' }
  | {
      readonly type: 'transition';
      readonly number: number;
      readonly attemptId: string;
      readonly transition: Transition;
    }
  | {
      readonly type: 'hostKey';
      readonly number: number;
      readonly attemptId: string;
      readonly key: SeenHostKey;
    }
  | { readonly type: 'rootPassword'; readonly number: number; readonly attemptId: string }
  | {
      readonly type: 'progress';
      readonly attemptId: string;
      readonly sentBytes: number;
      readonly totalBytes: number;
    }
  | { readonly type: 'activity'; readonly attemptId: string; readonly activity: string | null }
  | { readonly type: 'log'; readonly attemptId: string; readonly text: string }
  | {
      readonly type: 'accountTried';
      readonly attemptId: string;
      readonly accountId: string;
      readonly isAccepted: boolean;
    }
  /** The attempt's code has returned: its last transition was sent before. */
  | { readonly type: 'delivered'; readonly attemptId: string }
  | {
      readonly type: 'checked';
      readonly requestId: number;
      readonly report: ReadinessReport;
      readonly hostKeys: readonly SeenHostKey[];
    };
