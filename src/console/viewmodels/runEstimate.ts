import { isFinal } from '../../domain/attempt.ts';
import type { Run, RunDevice } from '../../domain/model.ts';

export interface RunEstimate {
  readonly finished: number;
  readonly total: number;
  /** Devices a minute over the last minutes; null: not known yet. */
  readonly perMinute: number | null;
  /** Until the last device ends; null: nothing is known that would carry such a promise. */
  readonly remainingMs: number | null;
}

const windowMs = 5 * 60_000;
const leastFinished = 3;
const leastObservedMs = 5_000;

/**
 * Rate and remaining time from the devices' own end times, so that a reopened console knows as much as one that
 * watched from the start. Honest: without enough devices that ended there is no estimate.
 */
export function estimateRun(run: Run, devices: Iterable<RunDevice>, nowMs: number): RunEstimate {
  const startedMs = Date.parse(run.startedAt);
  const endMs = run.finishedAt === null ? nowMs : Date.parse(run.finishedAt);
  const sinceMs = run.finishedAt === null ? Math.max(startedMs, endMs - windowMs) : startedMs;
  // ISO times of one zone compare as text: ten thousand devices are looked at ten times a second.
  const since = new Date(sinceMs).toISOString();
  let finished = 0;
  let recent = 0;
  for (const device of devices) {
    if (!isFinal(device.state)) continue;
    finished++;
    // What ended without being worked on (skipped by a rule, cancelled while waiting) says nothing about speed.
    if (device.finishedAt !== null && device.startedAt !== null && device.finishedAt >= since) recent++;
  }
  const total = run.deviceCount;
  const observedMs = endMs - sinceMs;
  if (recent < leastFinished || observedMs < leastObservedMs)
    return { finished, total, perMinute: null, remainingMs: null };
  const perMinute = (recent / observedMs) * 60_000;
  const left = total - finished;
  return {
    finished,
    total,
    perMinute,
    remainingMs: run.state === 'running' && left > 0 ? (left / perMinute) * 60_000 : null,
  };
}
