import { isFinal } from '../../domain/attempt.ts';
import type { Failure } from '../../domain/failure.ts';
import type { RunDevice } from '../../domain/model.ts';

/** One attempt of a device as the device's screen shows it. */
export interface ShownAttempt {
  readonly attempt: number;
  readonly timeline: RunDevice['timeline'];
  readonly failure: Failure | null;
  readonly exitCode: number | null;
  /** Null: it is under way. */
  readonly endedAt: string | null;
  readonly state: RunDevice['state'];
}

/** All attempts of this run on the device, the present one last. */
export function attemptsShown(device: RunDevice): readonly ShownAttempt[] {
  const earlier = (device.earlierAttempts ?? []).map(
    ({ attempt, timeline, failure, exitCode, endedAt }): ShownAttempt => ({
      attempt,
      timeline,
      failure,
      exitCode,
      endedAt,
      state: 'failed',
    }),
  );
  const { attempt, timeline, failure, exitCode, state, finishedAt } = device;
  // Between two attempts the row still has the one before: it is among the earlier ones.
  const isBetween = state === 'waiting' && earlier.length > 0;
  const present: ShownAttempt = {
    attempt,
    timeline: isBetween ? [] : timeline,
    failure,
    exitCode,
    endedAt: isFinal(state) ? finishedAt : null,
    state,
  };
  return [...earlier, present];
}

/** The one that is chosen; `earlier` null: the present one. */
export const attemptShown = (device: RunDevice, earlier: number | null): ShownAttempt => {
  const all = attemptsShown(device);
  return all[earlier ?? all.length - 1] ?? all.at(-1)!;
};
