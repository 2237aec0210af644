import type { Patience } from './sessionKeeper.ts';
import { patienceMs } from './timeLimits.ts';

/** Patience for one step: lost lines are made again for this long, or until the run is cancelled; `wholeMs` is all it may take. */
export function patience(ms: number, signal: AbortSignal, wholeMs: number): Patience {
  const until = performance.now() + ms;
  return { until: () => until, signal, overAt: performance.now() + wholeMs };
}

/** For the first contact of an attempt: once it was in, a lost line is made again as at any other time. */
export function firstPatience(signal: AbortSignal, wholeMs: number): Patience & { isIn: boolean } {
  const startedAt = performance.now();
  return {
    isIn: false,
    signal,
    overAt: startedAt + wholeMs,
    until() {
      return startedAt + (this.isIn ? patienceMs.check : patienceMs.connect);
    },
    accepts(failure) {
      return this.isIn || failure.code === 'device.connectionLost';
    },
  };
}
