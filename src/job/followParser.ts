import type { Failure } from '../domain/failure.ts';
import type { DetectionAnswer, JobEnd } from './jobTypes.ts';

export interface Verification {
  readonly detection: DetectionAnswer;
  readonly isRestartRequired: boolean;
  readonly bootId: string | null;
}

/** What start and follow say, in the order in which it happens; `end` and `verified` or `failed` come last. */
export type FollowEvent =
  /** The installer's own bytes, untrusted. `bytes` adds up to the next logOffset. */
  | { readonly kind: 'log'; readonly text: string; readonly bytes: number }
  /** isNew: this call started the runner; else it was there before. */
  | { readonly kind: 'started'; readonly isNew: boolean }
  /** Printed every few seconds, so that silence means a dead connection. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'end'; readonly end: JobEnd }
  | { readonly kind: 'verified'; readonly verification: Verification }
  /** Nothing was started: transfer.hashMismatch, package.contentMissing, check.diskFull, installer.startFailed … */
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface FollowParser {
  push(chunk: Buffer): FollowEvent[];
  /** What was held back for a possible marker. */
  finish(): FollowEvent[];
}

/** Separates log text from markers in chunks cut anywhere. */
export function createFollowParser(_nonce: string): FollowParser {
  throw new Error('body follows');
}
