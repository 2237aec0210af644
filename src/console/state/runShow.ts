import { type AttemptState, attemptStates } from '../../domain/attempt.ts';
import type { Run } from '../../domain/model.ts';

/** The parts of a run that can be shown alone, in the order of their keys. */
export const runShows = [
  'all',
  'active',
  'waiting',
  'succeeded',
  'failed',
  'unreachable',
  'stopped',
] as const;
export type RunShow = (typeof runShows)[number];

const showOf: Record<AttemptState, Exclude<RunShow, 'all'>> = {
  waiting: 'waiting',
  connecting: 'active',
  checking: 'active',
  transferring: 'active',
  installing: 'active',
  restarting: 'active',
  verifying: 'active',
  cancelling: 'active',
  succeeded: 'succeeded',
  succeededWithWarning: 'succeeded',
  restartPending: 'succeeded',
  failed: 'failed',
  skipped: 'stopped',
  unreachable: 'unreachable',
  cancelled: 'stopped',
  notStarted: 'stopped',
};

export const isShown = (show: RunShow, state: AttemptState): boolean =>
  show === 'all' || showOf[state] === show;

/** How many devices each part has; every device is in `all` and in one other. */
export function countShows(counts: Run['counts']): Record<RunShow, number> {
  const sums = Object.fromEntries(runShows.map((show) => [show, 0])) as Record<RunShow, number>;
  for (const state of attemptStates) {
    const count = counts[state] ?? 0;
    sums[showOf[state]] += count;
    sums.all += count;
  }
  return sums;
}

/** The states of a part that have devices, with their counts, in the order of the work. */
export const statesShown = (show: RunShow, counts: Run['counts']): (readonly [AttemptState, number])[] =>
  attemptStates.flatMap((state) =>
    showOf[state] === show && (counts[state] ?? 0) > 0 ? [[state, counts[state]!] as const] : [],
  );
