import type { Clock } from '../../shared/clock.ts';

/** Snapshots take at most a twentieth of the time, however large the store grows. */
const restFactor = 20;

export interface SnapshotSchedule {
  /** Something changed: a snapshot follows, not before the interval is over. */
  request(): void;
  /** No more timers; resolves when a snapshot that is under way has ended. */
  stop(): Promise<void>;
}

/** Runs `take` when asked to, one at a time. `take` answers whether it worked; if not, it is tried again. */
export function scheduleSnapshots(
  take: () => Promise<boolean>,
  intervalMs: number,
  clock: Clock,
): SnapshotSchedule {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = false;
  let notBeforeMs = clock.monotonicMs() + intervalMs;

  function arm(): void {
    if (isStopped || timer !== null || running !== null || !isWanted) return;
    timer = setTimeout(
      () => {
        timer = null;
        running = run();
      },
      Math.max(0, notBeforeMs - clock.monotonicMs()),
    );
    timer.unref();
  }

  async function run(): Promise<void> {
    isWanted = false;
    const startedMs = clock.monotonicMs();
    const hasWorked = await take();
    const tookMs = clock.monotonicMs() - startedMs;
    notBeforeMs = startedMs + Math.max(intervalMs, tookMs * restFactor);
    if (!hasWorked) isWanted = true;
    running = null;
    arm();
  }

  return {
    request() {
      isWanted = true;
      arm();
    },
    async stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await running;
    },
  };
}
