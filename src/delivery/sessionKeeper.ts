import type { Failure, Outcome } from '../domain/failure.ts';
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

  const open = (signal: AbortSignal): Promise<Outcome<DeviceSession>> => {
    opening ??= opener.open(signal).then((opened) => {
      opening = null;
      if (opened.ok) session = opened.value;
      return opened;
    });
    return opening;
  };

  const drop = (): void => {
    session?.close();
    session = null;
  };

  return {
    current: () => session,
    drop,
    async use(patience, operation) {
      let waitMs = firstWaitMs;
      let isBroken = false;
      for (;;) {
        const openedAt = performance.now();
        if (session?.closed.aborted) drop();
        const opened = session === null ? await open(patience.signal) : ok(session);
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
    },
  };
}

const mayTryAgain = (failure: Failure, patience: Patience): boolean =>
  isLineFailure(failure) &&
  (patience.accepts?.(failure) ?? true) &&
  !patience.signal.aborted &&
  performance.now() < patience.until();
