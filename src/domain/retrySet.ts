import { isFinal } from './attempt.ts';
import type { RunDevice } from './model.ts';

export type RetrySet = 'failed' | 'unreachable' | 'notStarted' | 'cancelled' | 'restartPending';

/**
 * B88: exactly the devices whose state is one of the sets, and the marked ones that have come to an end; in the
 * run's order, each once.
 */
export function devicesToRetry(
  rows: Iterable<RunDevice>,
  sets: readonly RetrySet[],
  marked: readonly string[],
): string[] {
  const states = new Set<string>(sets);
  const markedIds = new Set(marked);
  const taken: string[] = [];
  for (const row of rows) {
    if (states.has(row.state) || (markedIds.has(row.deviceId) && isFinal(row.state)))
      taken.push(row.deviceId);
  }
  return taken;
}
