import type { Run, TaskSettings } from './model.ts';

/** B90: the wave of the device at this place of the run's order, from 0. */
export const waveOf = (index: number, waveSize: number | null): number =>
  waveSize === null ? 0 : Math.floor(index / waveSize);

export type StopReason = 'stopAfterFailures' | 'stopAfterUnreachable';

/** B90: the threshold that the run has reached, or null. Once reached no new device starts. */
export function stopReason(
  counts: Run['counts'],
  settings: Pick<TaskSettings, 'stopAfterFailures' | 'stopAfterUnreachable'>,
): StopReason | null {
  const { stopAfterFailures, stopAfterUnreachable } = settings;
  if (stopAfterFailures !== null && (counts.failed ?? 0) >= stopAfterFailures) return 'stopAfterFailures';
  if (stopAfterUnreachable !== null && (counts.unreachable ?? 0) >= stopAfterUnreachable)
    return 'stopAfterUnreachable';
  return null;
}
