import type { AttemptState } from './attempt.ts';
import type { Run, RunDevice } from './model.ts';

/** How many devices are in each state; states with none are left out. */
export function countStates(rows: Iterable<Pick<RunDevice, 'state'>>): Run['counts'] {
  const counts: Run['counts'] = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** Moves one device from a state to another, in place: the engine keeps the figures beside its rows. */
export function moveCount(counts: Run['counts'], from: AttemptState, to: AttemptState): void {
  const left = (counts[from] ?? 0) - 1;
  if (left > 0) counts[from] = left;
  else delete counts[from];
  counts[to] = (counts[to] ?? 0) + 1;
}
