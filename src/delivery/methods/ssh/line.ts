import type { Client } from 'ssh2';
import { failed } from '../../../domain/failure.ts';

/** A logged-in connection to a device. */
export interface Line {
  readonly client: Client;
  readonly address: string;
  /** Aborted when the connection has ended, for whatever reason. */
  readonly closed: AbortSignal;
}

export const lineLost = (line: Line) =>
  failed('device.connectionLost', { address: line.address }, { isRetryable: true });
