import type { Outcome } from '../domain/failure.ts';
import type { JobContent } from './jobTypes.ts';

export interface ReceiveRequest {
  readonly nonce: string;
  readonly content: Pick<JobContent, 'sha256' | 'sizeBytes'>;
  /**
   * cache: straight into the state directory (the same user will run the installer).
   * upload: into a private folder of the login user, for a root step that copies it.
   */
  readonly destination: { readonly kind: 'cache' } | { readonly kind: 'upload'; readonly attemptId: string };
  /** Bytes of the content that the device has already (from the probe): what stands behind is cut off. */
  readonly offset: number;
}

export interface Received {
  /** Bytes of the content that are there now, synced: the offset to go on from. */
  readonly bytes: number;
  /** Absolute path of the upload folder, for StartRequest and clean; null for the cache. */
  readonly uploadFolder: string | null;
}

/** Writes standard input behind `offset`. A cut input keeps what came; run it again from `bytes`. */
export function receiveScript(_request: ReceiveRequest): string {
  throw new Error('body follows');
}

/** `transfer.failed` with the device's reason, `check.diskFull`, `check.readOnly`. */
export function parseReceived(_text: string, _nonce: string): Outcome<Received> {
  throw new Error('body follows');
}
