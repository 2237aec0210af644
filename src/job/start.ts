import type { DetectionQuery, JobContent } from './jobTypes.ts';

export interface StartRequest {
  readonly nonce: string;
  readonly attemptId: string;
  readonly content: JobContent;
  /** Received.uploadFolder; null: the content is in the cache. */
  readonly uploadFolder: string | null;
  /** PackageFormat.plan's. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Exit codes after which the receipt is written: those that mean success. */
  readonly successCodes: readonly number[];
  readonly detection: DetectionQuery;
  /** Bytes of the log that the caller has already. */
  readonly logOffset: number;
}

/**
 * Checks the content's hash, starts the runner detached unless this attempt was started before, then follows
 * it as followScript does. Running it again, at the same time or later, never starts a second installer (B83).
 */
export function startScript(_request: StartRequest): string {
  throw new Error('body follows');
}

export interface FollowRequest {
  readonly nonce: string;
  readonly attemptId: string;
  readonly detection: DetectionQuery;
  readonly logOffset: number;
}

/** Streams the log from the offset, then the installer's end, then the verification. Closing it ends only itself. */
export function followScript(_request: FollowRequest): string {
  throw new Error('body follows');
}
