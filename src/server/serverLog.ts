import { appendFileSync, copyFileSync, statSync, truncateSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';
import { sanitiseLine } from '../shared/sanitise.ts';

export interface ServerLog {
  info(text: string): void;
  error(text: string, cause?: unknown): void;
}

/** Above this the log is set aside as `server.log.1` and begun anew: it never takes more than twice as much. */
const maxLogBytes = 5 * 1024 * 1024;

/**
 * The server's own log, a line an entry. Its parent may have given the same file to the server's standard error,
 * hence it is emptied in place and not renamed. A log that cannot be written never stops the server.
 */
export function openServerLog(file: string, clock: Clock, limitBytes = maxLogBytes): ServerLog {
  let sizeBytes = sizeOf(file);
  const write = (level: string, text: string) => {
    const line = `${clock.now()} ${level} ${sanitiseLine(text, 2000)}\n`;
    try {
      if (sizeBytes + line.length > limitBytes) {
        copyFileSync(file, `${file}.1`);
        truncateSync(file);
        sizeBytes = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      sizeBytes += Buffer.byteLength(line);
    } catch {
      // A full disk is reported by the store; the log has no other place to say it.
    }
  };
  return {
    info: (text) => write('info', text),
    error: (text, cause) => write('error', cause === undefined ? text : `${text}: ${describe(cause)}`),
  };
}

/** A bug's stack on one line; never `inspect`, which would print what the error carries. */
const describe = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message).replaceAll('\n', ' | ') : String(cause);

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
