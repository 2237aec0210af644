import type { AttemptState } from '../src/domain/attempt.ts';
import { failure } from '../src/domain/failure.ts';
import type { RunDevice } from '../src/domain/model.ts';

/** A device's way through a run without an end: after the last state it waits again, as for a retry. */
const way: readonly AttemptState[] = [
  'waiting',
  'connecting',
  'checking',
  'transferring',
  'installing',
  'verifying',
  'succeeded',
];
const totalBytes = 20_000_000;
/** One device in this many fails at the end. */
const failureEvery = 20;

/** The row after its next change of state. */
export function movedRow(row: RunDevice, at: string, chance: number): RunDevice {
  const place = row.state === 'failed' ? way.length - 1 : way.indexOf(row.state);
  const next = way[(place + 1) % way.length]!;
  if (next === 'waiting') {
    const timeline = [{ state: next, at }];
    return { ...row, state: next, failure: null, exitCode: null, finishedAt: null, sentBytes: 0, timeline };
  }
  const isLast = next === 'succeeded';
  const isFailed = isLast && chance < 1 / failureEvery;
  const state = isFailed ? 'failed' : next;
  return {
    ...row,
    state,
    attempt: 1,
    method: 'ssh',
    totalBytes: next === 'transferring' ? totalBytes : row.totalBytes,
    failure: isFailed
      ? failure('installer.exitCode', { exitCode: 100 }, { stage: 'install', isRetryable: true })
      : null,
    exitCode: isLast ? (isFailed ? 100 : 0) : null,
    startedAt: row.startedAt ?? at,
    finishedAt: isLast ? at : null,
    timeline: [...row.timeline, { state, at }],
  };
}

/** The row with one or two more per cent sent. */
export const progressedRow = (row: RunDevice): RunDevice => ({
  ...row,
  sentBytes: (row.sentBytes + totalBytes / 64) % row.totalBytes,
});
