import { constants } from 'node:os';

/** Why the console ends, as its exit status: 0 by the admin's wish, 128 + n by a signal, 70 by a bug. */
export interface ExitReason {
  readonly status: number;
  readonly error: unknown;
}

const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
const internalError = 70; // EX_SOFTWARE of sysexits.h

/**
 * One way out for q, signals and crashes: the first reason wins. `stop` takes the handlers away. A lost terminal
 * (EIO after the line broke) counts as SIGHUP.
 */
export function watchExit(): {
  readonly ended: Promise<ExitReason>;
  end(reason: ExitReason): void;
  stop(): void;
} {
  const { promise, resolve } = Promise.withResolvers<ExitReason>();
  const bySignal = new Map(
    signals.map((signal) => [
      signal,
      () => resolve({ status: 128 + constants.signals[signal], error: null }),
    ]),
  );
  const crashed = (error: unknown) => resolve({ status: internalError, error });
  const lostTerminal = () => resolve({ status: 128 + constants.signals.SIGHUP, error: null });
  for (const [signal, handler] of bySignal) process.on(signal, handler);
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
  process.stdout.on('error', lostTerminal);
  process.stdin.on('error', lostTerminal);
  process.stdin.on('end', lostTerminal);
  return {
    ended: promise,
    end: resolve,
    stop() {
      for (const [signal, handler] of bySignal) process.off(signal, handler);
      process.off('uncaughtException', crashed);
      process.off('unhandledRejection', crashed);
      process.stdout.off('error', lostTerminal);
      process.stdin.off('error', lostTerminal);
      process.stdin.off('end', lostTerminal);
    },
  };
}
