import type { AttemptState } from './attempt.ts';
import type { RunDevice } from './model.ts';

/** Two runs of a task, device by device. */
export interface RunDifference {
  /** Did well before, and does not now. */
  readonly newlyUnwell: readonly RunDevice[];
  /** Did not do well before, and does now. */
  readonly nowWell: readonly RunDevice[];
  readonly stillUnwell: readonly RunDevice[];
  /** How many devices are in one of the two only. */
  readonly onlyNow: number;
  readonly onlyBefore: number;
}

const unwellStates: ReadonlySet<AttemptState> = new Set(['failed', 'unreachable', 'cancelled', 'notStarted']);
const isUnwell = ({ state }: RunDevice): boolean => unwellStates.has(state);

export function runDifference(before: Iterable<RunDevice>, now: Iterable<RunDevice>): RunDifference {
  const known = new Map(Array.from(before, (row) => [row.deviceId, row]));
  const rows = [...now];
  const both = rows.flatMap((row) => {
    const other = known.get(row.deviceId);
    return other === undefined ? [] : [{ row, was: isUnwell(other), is: isUnwell(row) }];
  });
  const pick = (was: boolean, is: boolean) =>
    both.filter((pair) => pair.was === was && pair.is === is).map(({ row }) => row);
  return {
    newlyUnwell: pick(false, true),
    nowWell: pick(true, false),
    stillUnwell: pick(true, true),
    onlyNow: rows.length - both.length,
    onlyBefore: known.size - both.length,
  };
}
