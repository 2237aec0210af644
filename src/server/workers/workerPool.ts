import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { DeviceAddress } from '../../delivery/deliveryMethod.ts';
import { failed } from '../../domain/failure.ts';
import type { ServerLog } from '../serverLog.ts';
import type { DeliveryWorkers } from './deliveryWorkers.ts';
import { loneWorkers } from './loneWorkers.ts';
import { WorkerProcess } from './workerProcess.ts';

const maxWorkers = 8;
/** A worker with this much in hand gets company, where there is a core for it. */
const comfortableLoad = 8;
const idleLimitMs = 5 * 60_000;
const mostLoneWorkers = 4;

/** In the bundle the worker stands beside the program; from source beside this file. */
const workerProgram = (): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './workerEntry.ts' : './worker.js', import.meta.url),
  );

export interface WorkerPoolOptions {
  readonly log: ServerLog;
  readonly program?: string;
  readonly maxWorkers?: number;
  readonly idleLimitMs?: number;
  /** How often a worker is asked whether it is alive. */
  readonly pulseMs?: number;
}

/** Delivery workers: made when there is work, the work spread by load, ended when idle for a while. */
export function openWorkerPool(options: WorkerPoolOptions): DeliveryWorkers {
  const { log, program = workerProgram() } = options;
  const limit = options.maxWorkers ?? Math.min(maxWorkers, Math.max(1, availableParallelism()));
  const workers = new Set<WorkerProcess>();
  const idleTimers = new Map<WorkerProcess, NodeJS.Timeout>();
  const make = () => new WorkerProcess(program, log, options.pulseMs);
  const lone = loneWorkers(make, mostLoneWorkers);
  /** A jump host's devices go through one worker: one connection, and a wrong password guessed once (B50). */
  const behind = new Map<string, WorkerProcess>();
  let requestId = 0;
  let isClosed = false;

  const forget = (worker: WorkerProcess) => {
    workers.delete(worker);
    clearTimeout(idleTimers.get(worker));
    idleTimers.delete(worker);
  };
  const fresh = (): WorkerProcess => {
    const worker = make();
    workers.add(worker);
    void worker.exited.then(() => forget(worker));
    return worker;
  };
  /** Called when a worker gets work: it ends when it has none for long enough. */
  const watchIdle = (worker: WorkerProcess) => {
    clearTimeout(idleTimers.get(worker));
    const timer = setTimeout(() => {
      if (worker.load > 0) return watchIdle(worker);
      forget(worker);
      void worker.end();
    }, options.idleLimitMs ?? idleLimitMs);
    timer.unref();
    idleTimers.set(worker, timer);
  };
  const next = ({ jumpHost }: DeviceAddress): WorkerProcess => {
    if (jumpHost === null) return leastLoaded();
    const place = `${jumpHost.address.toLowerCase()} ${jumpHost.port ?? 22}`;
    const known = behind.get(place);
    const worker = known !== undefined && workers.has(known) ? known : leastLoaded();
    behind.set(place, worker);
    watchIdle(worker);
    return worker;
  };
  const leastLoaded = (): WorkerProcess => {
    let least: WorkerProcess | null = null;
    for (const worker of workers) if (least === null || worker.load < least.load) least = worker;
    const worker =
      least === null || (least.load >= comfortableLoad && workers.size < limit) ? fresh() : least;
    watchIdle(worker);
    return worker;
  };

  return {
    warm() {
      if (!isClosed && workers.size === 0) watchIdle(fresh());
    },
    deliver(method, order, listener, isAlone = false) {
      if (isClosed) {
        queueMicrotask(() => listener.ended('crashed'));
        return { cancel: () => {} };
      }
      if (isAlone) return lone.deliver({ type: 'deliver', method, order }, listener);
      const worker = next(order.device);
      worker.deliver({ type: 'deliver', method, order }, listener);
      return { cancel: (request) => worker.cancel({ type: 'cancel', attemptId: order.attemptId, request }) };
    },
    async check(method, order) {
      if (isClosed) return failed('server.stopping');
      return next(order.device).check({ type: 'check', requestId: ++requestId, method, order });
    },
    async close() {
      isClosed = true;
      const all = [...workers];
      for (const worker of all) forget(worker);
      await Promise.all([lone.close(), ...all.map((worker) => worker.end())]);
    },
  };
}
