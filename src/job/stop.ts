export interface StopRequest {
  readonly nonce: string;
  readonly attemptId: string;
  /** Seconds between TERM and KILL. */
  readonly graceSeconds: number;
}

/** Ends a running installer with everything it started in its process group (B87 `kill`). */
export function stopScript(_request: StopRequest): string {
  throw new Error('body follows');
}

/** notStarted: there was no installer, and now none can be started for this attempt any more. */
export type StopAnswer = 'stopped' | 'alreadyEnded' | 'notStarted' | 'unknown';

export function parseStopped(_text: string, _nonce: string): StopAnswer {
  throw new Error('body follows');
}
