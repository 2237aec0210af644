import type { Outcome } from '../domain/failure.ts';
import type { RestartOption } from '../domain/model.ts';

export interface RestartRequest {
  readonly nonce: string;
  readonly attemptId: string;
  /** kind `restart` or `promptUser`. */
  readonly option: RestartOption;
}

export type RestartStatus =
  /** Users were asked; at the latest at `untilEpochSeconds` (the device's clock) it restarts. */
  | { readonly kind: 'waitingForUser'; readonly untilEpochSeconds: number; readonly secondsLeft: number }
  /** The restart command was given or is about to be. */
  | { readonly kind: 'restarting' }
  /** The device has restarted since the phase began. */
  | { readonly kind: 'restarted'; readonly bootId: string };

/** Begins the restart phase (detached, once per attempt) and prints its status; run it again to ask. */
export function restartScript(_request: RestartRequest): string {
  throw new Error('body follows');
}

/** `restart.notPermitted` with the device's reason when it cannot. */
export function parseRestart(_text: string, _nonce: string): Outcome<RestartStatus> {
  throw new Error('body follows');
}
