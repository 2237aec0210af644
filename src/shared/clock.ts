/** Wall-clock time for records (ISO 8601, UTC) and monotonic milliseconds for deadlines. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds, `2026-01-31T23:59:59.999Z`. */
  now(): string;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
};
