import type { CancelRequest } from '../../delivery/deliveryMethod.ts';
import type { AttemptListener, Delivery } from './deliveryWorkers.ts';
import type { ToWorker } from './messages.ts';
import type { WorkerProcess } from './workerProcess.ts';

/**
 * Workers for one attempt each: what ends its worker takes no other device along. At most `most` at once, the
 * others wait; an installer that runs on their device goes on meanwhile.
 */
export function loneWorkers(make: () => WorkerProcess, most: number) {
  const workers = new Set<WorkerProcess>();
  let waiting: (() => void)[] = [];

  function deliver(message: Extract<ToWorker, { type: 'deliver' }>, listener: AttemptListener): Delivery {
    const { attemptId } = message.order;
    const early: CancelRequest[] = [];
    let cancel = (request: CancelRequest): void => void early.push(request);
    const begin = (): void => {
      const worker = make();
      workers.add(worker);
      void worker.exited.then(() => {
        workers.delete(worker);
        waiting.shift()?.();
      });
      const ended = (how: 'delivered' | 'crashed'): void => {
        listener.ended(how);
        void worker.end();
      };
      worker.deliver(message, { ...listener, ended });
      cancel = (request) => worker.cancel({ type: 'cancel', attemptId, request });
      for (const request of early) cancel(request);
    };
    if (workers.size < most) begin();
    else waiting.push(begin);
    return { cancel: (request) => cancel(request) };
  }

  return {
    deliver,
    /** Ends every one; those that wait are not begun. */
    async close(): Promise<void> {
      waiting = [];
      await Promise.all(Array.from(workers, (worker) => worker.end()));
    },
  };
}
