import type { Run, TaskSettings } from './model.ts';
import { devicesOfShare } from './share.ts';

/** B90: the wave of the device at this place of the run's order, from 0. */
export const waveOf = (index: number, waveSize: number | null): number =>
  waveSize === null ? 0 : Math.floor(index / waveSize);

export type StopReason = 'stopAfterFailures' | 'stopAfterUnreachable';

/** B90: the threshold that the run of `total` devices has reached, or null. Once reached no new device starts. */
export function stopReason(
  counts: Run['counts'],
  settings: Pick<TaskSettings, 'stopAfterFailures' | 'stopAfterUnreachable'>,
  total: number,
): StopReason | null {
  const { stopAfterFailures, stopAfterUnreachable } = settings;
  const isReached = (limit: TaskSettings['stopAfterFailures'], count = 0): boolean =>
    limit !== null && count >= devicesOfShare(limit, total);
  if (isReached(stopAfterFailures, counts.failed)) return 'stopAfterFailures';
  if (isReached(stopAfterUnreachable, counts.unreachable)) return 'stopAfterUnreachable';
  return null;
}
