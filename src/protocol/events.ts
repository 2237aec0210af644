import type { Failure } from '../domain/failure.ts';
import type { Change, RunDevice } from '../domain/model.ts';

/**
 * What the server says unasked. `changed` carries the model's facts in the order of their durable commits, with
 * a seq that grows by one: a gap means a new snapshot. The run events go only to who watches that run.
 */
export type ServerEvent =
  | { readonly event: 'changed'; readonly seq: number; readonly changes: readonly Change[] }
  | { readonly event: 'runDevicesChanged'; readonly runId: string; readonly devices: readonly RunDevice[] }
  /** Coalesced: the newest figures per device, at most ten times a second. `[deviceId, sentBytes, totalBytes]`. */
  | {
      readonly event: 'runProgressed';
      readonly runId: string;
      readonly progress: readonly (readonly [string, number, number])[];
    }
  | {
      readonly event: 'attemptLogged';
      readonly runId: string;
      readonly deviceId: string;
      readonly attempt: number;
      readonly text: string;
    }
  | { readonly event: 'serverStopping' };

/** One line of JSON each way, at most `maxLineBytes` from a client. */
export interface Request {
  readonly id: number;
  readonly command: string;
  readonly params: unknown;
}
export type Response =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number | null; readonly ok: false; readonly failure: Failure };

/** A file's path or a list travels here, never package content. */
export const maxRequestBytes = 32 * 1024 * 1024;
