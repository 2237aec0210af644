import { type Failure, failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { DeviceSession, SessionOpener } from './deviceSession.ts';
import { pause } from './sendContent.ts';

/** Failures of the line, not of what was asked: worth another connection. */
export const isLineFailure = (failure: Failure): boolean =>
  failure.isRetryable && (failure.code.startsWith('device.') || failure.code === 'transfer.stalled');

export interface Patience {
  /** Monotonic time up to which a lost line is made again; asked anew each time, so that progress can move it. */
  until(): number;
  readonly signal: AbortSignal;
  /** Monotonic time at which it is over whatever the device says meanwhile: `device.tooSlow`. */
  readonly overAt: number;
  /** Whether this line failure is worth another connection; left out: each is. */
  accepts?(failure: Failure): boolean;
}

/** Holds the attempt's one session and makes it again when the line is lost. */
export interface SessionKeeper {
  /** Runs the operation; after a lost line once more on a new one, for as long as the patience lasts. */
  use<T>(patience: Patience, operation: (session: DeviceSession) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  current(): DeviceSession | null;
  drop(): void;
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;
/** A line that lasted this long was a working one: the next wait is short again. */
const goodLineMs = 10_000;

/** @param onReconnecting true while the line is being made again, false once it is back. */
export function createSessionKeeper(
  opener: SessionOpener,
  onReconnecting: (isReconnecting: boolean) => void,
): SessionKeeper {
  let session: DeviceSession | null = null;
  /** Two operations at once (follow and stop) share the one connection that is being made. */
  let opening: Promise<Outcome<DeviceSession>> | null = null;
  let userCount = 0;

  const open = (signal: AbortSignal): Promise<Outcome<DeviceSession>> => {
    opening ??= opener.open(signal).then((opened) => {
      opening = null;
      if (!opened.ok) return opened;
      // Whoever wanted it may have run out of time meanwhile: nobody would close it.
      if (userCount === 0) opened.value.close();
      else session = opened.value;
      return opened;
    });
    return opening;
  };

  const drop = (): void => {
    session?.close();
    session = null;
  };

  async function use<T>(
    patience: Patience,
    operation: (session: DeviceSession) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    let waitMs = firstWaitMs;
    let isBroken = false;
    for (;;) {
      const openedAt = performance.now();
      if (session?.closed.aborted) drop();
      const opened = session === null ? await open(patience.signal) : ok(session);
      if (performance.now() >= patience.overAt) return tooSlow();
      if (!opened.ok && !mayTryAgain(opened.failure, patience)) return opened;
      if (opened.ok) {
        if (isBroken) onReconnecting(false);
        isBroken = false;
        const result = await operation(opened.value);
        if (result.ok || !isLineFailure(result.failure)) return result;
        if (session === opened.value) drop();
        if (!mayTryAgain(result.failure, patience)) return result;
        if (performance.now() - openedAt > goodLineMs) waitMs = firstWaitMs;
      }
      if (!isBroken) onReconnecting(true);
      isBroken = true;
      // Many devices behind one broken line must not come back in step.
      await pause(waitMs * (0.75 + Math.random() / 2), patience.signal);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  return {
    current: () => session,
    drop,
    async use(patience, operation) {
      userCount++;
      try {
        return await withinLimit(use(patience, operation), patience.overAt, drop);
      } finally {
        userCount--;
      }
    },
  };
}

const tooSlow = () => failed('device.tooSlow');

/** The operation's outcome; once its time is over, `device.tooSlow`, and the line that it hangs on is dropped. */
export async function withinLimit<T>(
  operation: Promise<Outcome<T>>,
  overAt: number,
  drop: () => void,
): Promise<Outcome<T>> {
  if (overAt === Number.POSITIVE_INFINITY) return operation;
  const wholeMs = Math.max(0, overAt - performance.now());
  const { promise: isOver, resolve } = Promise.withResolvers<Outcome<never>>();
  const timer = setTimeout(() => {
    resolve(tooSlow());
    drop();
  }, wholeMs);
  try {
    return await Promise.race([operation, isOver]);
  } finally {
    clearTimeout(timer);
  }
}

const mayTryAgain = (failure: Failure, patience: Patience): boolean =>
  isLineFailure(failure) &&
  (patience.accepts?.(failure) ?? true) &&
  !patience.signal.aborted &&
  performance.now() < patience.overAt &&
  performance.now() < patience.until();
