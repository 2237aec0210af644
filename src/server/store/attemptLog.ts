import type { Outcome } from '../../domain/failure.ts';

/** One attempt's raw log, `runs/<runId>/logs/<deviceId>.<attempt>.log`. */
export interface AttemptLog {
  /** In order; past the limit one line says that the log was cut, the rest is dropped. */
  append(text: string): Promise<Outcome<void>>;
  close(): Promise<void>;
}

export interface LogPart {
  readonly text: string;
  /** Where `text` begins and where the next part does, in bytes. */
  readonly offset: number;
  readonly nextOffset: number;
  readonly sizeBytes: number;
}

export declare function openAttemptLog(
  folder: string,
  runId: string,
  deviceId: string,
  attempt: number,
  limitBytes?: number,
): Promise<Outcome<AttemptLog>>;

/**
 * A part of the log that never cuts a character in two. A negative offset counts from the end. A log that does
 * not exist reads as empty.
 */
export declare function readAttemptLog(
  folder: string,
  runId: string,
  deviceId: string,
  attempt: number,
  offset: number,
  maxBytes: number,
): Promise<Outcome<LogPart>>;
