import { isFinal } from '../../domain/attempt.ts';
import type { Run, RunDevice } from '../../domain/model.ts';

/** How long the run may still take: it ends between the two. Equal: about then. */
export interface Remaining {
  readonly leastMs: number;
  readonly mostMs: number;
}

export interface RunEstimate {
  readonly finished: number;
  readonly total: number;
  /** Devices a minute over the last minutes; null: not known yet. */
  readonly perMinute: number | null;
  /** Until the last device ends; null: nothing is known that would carry such a promise. */
  readonly remaining: Remaining | null;
}

/** How the run works: as its task says now. */
export interface RunPace {
  readonly concurrency: number;
  readonly waveSize: number | null;
}

const windowMs = 5 * 60_000;
const leastEnded = 3;
const leastObservedMs = 5_000;
const mostRead = 500;

/** Kept sorted: the middle, or the value that nine in ten do not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

/**
 * Rate and remaining time from the devices' own times, so that a reopened console knows as much as one that watched from
 * the start. From the middle of how long devices took, which a few stuck ones do not move; the slow tenth sets the
 * other end. Honest: without enough devices that ended there is no estimate.
 */
export function estimateRun(
  run: Run,
  devices: Iterable<RunDevice>,
  nowMs: number,
  pace: RunPace = { concurrency: 1, waveSize: null },
): RunEstimate {
  const startedMs = Date.parse(run.startedAt);
  const endMs = run.finishedAt === null ? nowMs : Date.parse(run.finishedAt);
  const sinceMs = run.finishedAt === null ? Math.max(startedMs, endMs - windowMs) : startedMs;
  // ISO times of one zone compare as text: ten thousand devices are looked at every second.
  const since = new Date(sinceMs).toISOString();
  // Of a large run every so many devices say how long it takes: reading ten thousand times would be felt.
  const stride = Math.max(1, Math.floor(run.deviceCount / mostRead));
  let finished = 0;
  let ended = 0;
  let working = 0;
  const took: number[] = [];
  const workedMs: number[] = [];
  for (const { state, startedAt, finishedAt } of devices) {
    if (!isFinal(state)) {
      if (startedAt !== null && state !== 'waiting' && working++ % stride === 0)
        workedMs.push(endMs - Date.parse(startedAt));
      continue;
    }
    finished++;
    // What ended without being worked on (skipped by a rule, cancelled while waiting) says nothing about speed.
    if (finishedAt !== null && startedAt !== null && finishedAt >= since && ended++ % stride === 0)
      took.push(Date.parse(finishedAt) - Date.parse(startedAt));
  }
  const total = run.deviceCount;
  const observedMs = endMs - sinceMs;
  if (ended < leastEnded || observedMs < leastObservedMs)
    return { finished, total, perMinute: null, remaining: null };
  const perMinute = (ended / observedMs) * 60_000;
  const left = total - finished;
  const isOver = run.state !== 'running' || left === 0;
  return {
    finished,
    total,
    perMinute,
    remaining: isOver
      ? null
      : remainingTime({ took, workedMs, working, waiting: left - working, perMinute }, pace),
  };
}

interface Seen {
  /** Of the devices that ended, and of those at work; of a large run a part of each. */
  readonly took: number[];
  readonly workedMs: readonly number[];
  readonly working: number;
  readonly waiting: number;
  readonly perMinute: number;
}

function remainingTime(
  { took, workedMs, working, waiting, perMinute }: Seen,
  { concurrency, waveSize }: RunPace,
): Remaining {
  took.sort((a, b) => a - b);
  const byDevice = (deviceMs: number): number => {
    const read = workedMs.reduce((sum, worked) => sum + Math.max(0, deviceMs - worked), 0);
    const open = (read / Math.max(1, workedMs.length)) * working;
    const longestOpen = Math.max(
      0,
      deviceMs - workedMs.reduce((least, own) => Math.min(least, own), deviceMs),
    );
    // A wave waits for its last device before the next one begins.
    const places = Math.max(1, Math.min(concurrency, waveSize ?? concurrency));
    const rounds = waiting === 0 ? 0 : Math.max(deviceMs, (waiting * deviceMs) / places);
    return Math.max(longestOpen, open / places) + rounds;
  };
  const typical = byDevice(quantile(took, 0.5));
  const slow = byDevice(quantile(took, 0.9));
  // What was really seen in the last minutes: it knows of what the places do not say (bandwidth, a slow disk).
  const seen = ((waiting + working) / perMinute) * 60_000;
  const ends = [typical, slow, seen];
  return { leastMs: Math.min(...ends), mostMs: Math.max(...ends) };
}

/** One second's estimate and the next: the end that is promised moves towards the new one by this share. */
const trust = 0.2;

/**
 * The estimate that is shown: the end moves gradually, so that one slow device does not throw it about. `elapsedMs`: since
 * the one before.
 */
export function smoothed(
  before: Remaining | null,
  fresh: Remaining | null,
  elapsedMs: number,
): Remaining | null {
  if (before === null || fresh === null) return fresh;
  const share = 1 - (1 - trust) ** (Math.max(0, elapsedMs) / 1000);
  const moved = (old: number, now: number) => {
    const expected = Math.max(0, old - elapsedMs);
    return expected + (now - expected) * share;
  };
  const leastMs = moved(before.leastMs, fresh.leastMs);
  return { leastMs, mostMs: Math.max(leastMs, moved(before.mostMs, fresh.mostMs)) };
}
