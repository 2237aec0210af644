import type { ServerLog } from './serverLog.ts';

/** Exit status of a server that met a bug (sysexits.h, EX_SOFTWARE). */
const bugStatus = 70;

export interface StopRequests {
  readonly requested: Promise<void>;
  request(): void;
  close(): void;
}

/**
 * What ends a server: a command, a signal given to it, or the process's own signals. A bug that nobody caught ends
 * the process at once, as kill -9 would: the journals are whole, and the next start continues.
 */
export function stopRequests(signal: AbortSignal | undefined, log: ServerLog): StopRequests {
  let request = (): void => {};
  const requested = new Promise<void>((resolve) => {
    request = resolve;
  });
  if (signal) {
    if (signal.aborted) request();
    signal.addEventListener('abort', request);
    return { requested, request, close: () => signal.removeEventListener('abort', request) };
  }
  const bug = (error: unknown) => {
    log.error('a bug, the server ends', error);
    process.exit(bugStatus);
  };
  const ignore = () => {};
  const handlers = [
    ['SIGTERM', request],
    ['SIGINT', request],
    // The terminal of whoever started it is no concern of a server.
    ['SIGHUP', ignore],
    ['uncaughtException', bug],
  ] as const;
  for (const [event, handler] of handlers) process.on(event, handler);
  return {
    requested,
    request,
    close: () => {
      for (const [event, handler] of handlers) process.off(event, handler);
    },
  };
}
