import type { CancelRequest, Transition } from '../../delivery/deliveryMethod.ts';
import { type AttemptState, isFinal } from '../../domain/attempt.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Device, RunDevice } from '../../domain/model.ts';

/** The schema's limit of a row's timeline; the end always has its place. */
const maxTimeline = 64;
/** The schema's limit of the attempts before the present one: the newest are kept. */
const maxEarlierAttempts = 100;

/** A device that no attempt has begun on. */
export const waitingRow = (device: Device): RunDevice => ({
  deviceId: device.id,
  name: device.name,
  address: device.address,
  state: 'waiting',
  attemptId: null,
  attempt: 0,
  activity: null,
  sentBytes: 0,
  totalBytes: 0,
  failure: null,
  exitCode: null,
  accountId: null,
  method: null,
  startedAt: null,
  finishedAt: null,
  timeline: [],
});

/** The first entry of an attempt: durable before a byte goes to the device. */
export const connectingRow = (
  row: RunDevice,
  attempt: { readonly attemptId: string; readonly attempt: number; readonly method: string },
  at: string,
): RunDevice => ({
  ...row,
  ...attempt,
  state: 'connecting',
  activity: null,
  sentBytes: 0,
  totalBytes: 0,
  failure: null,
  exitCode: null,
  startedAt: row.startedAt ?? at,
  finishedAt: null,
  timeline: [{ state: 'connecting', at }],
});

/** The row after a worker's report. */
export function rowAfter(row: RunDevice, transition: Transition, at: string): RunDevice {
  const state = transition.state;
  return {
    ...row,
    state,
    activity: null,
    failure: transition.failure ?? (isFinal(state) ? null : row.failure),
    exitCode: transition.exitCode ?? row.exitCode,
    finishedAt: isFinal(state) ? at : null,
    timeline: state === row.state ? row.timeline : timelineWith(row.timeline, state, at),
  };
}

/** B87: of a device that is being cancelled, what becomes of its installer; null where none runs. */
export function cancelActivity(
  { state, timeline }: Pick<RunDevice, 'state' | 'timeline'>,
  request: CancelRequest | null,
): string | null {
  const hasEnded = timeline.some((entry) => entry.state === 'restarting' || entry.state === 'verifying');
  if (state !== 'cancelling' || request === null || hasEnded) return null;
  return request === 'kill' ? 'endingInstaller' : 'leavingInstaller';
}

/** An end that the engine itself decides: nothing was asked of the device. */
export const endedRow = (
  row: RunDevice,
  state: AttemptState,
  failure: Failure | null,
  at: string,
): RunDevice => ({
  ...row,
  state,
  failure,
  activity: null,
  finishedAt: at,
  timeline: timelineWith(row.timeline, state, at),
});

/** B23: queued once more; what went wrong stays to be seen while it waits and when all is over. */
export const againRow = (row: RunDevice, transition: Transition, at: string): RunDevice => ({
  ...row,
  earlierAttempts: [
    ...(row.earlierAttempts ?? []),
    {
      attempt: row.attempt,
      attemptId: row.attemptId,
      timeline: row.timeline,
      endedAt: at,
      failure: transition.failure ?? null,
      exitCode: transition.exitCode ?? row.exitCode,
    },
  ].slice(-maxEarlierAttempts),
  state: 'waiting',
  attemptId: null,
  activity: 'waitingForRetry',
  failure: transition.failure ?? null,
  exitCode: transition.exitCode ?? row.exitCode,
});

/** Recovery, before the installer was started: the same attempt begins anew. */
export const backToWaiting = (row: RunDevice): RunDevice => ({
  ...row,
  state: 'waiting',
  activity: null,
  timeline: [],
});

const timelineWith = (timeline: RunDevice['timeline'], state: AttemptState, at: string) => [
  ...timeline.slice(0, maxTimeline - 1),
  { state, at },
];
