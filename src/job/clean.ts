export interface CleanRequest {
  readonly nonce: string;
  readonly attemptId: string;
  /** Also the cached content of this hash; null: it stays for a retry. */
  readonly contentSha256: string | null;
  readonly uploadFolder: string | null;
}

/** Removes the attempt's traces. Refuses (and says so) while its installer runs. */
export function cleanScript(_request: CleanRequest): string {
  throw new Error('body follows');
}

/** False when something was left: the installer runs, or it could not be removed. */
export function parseCleaned(_text: string, _nonce: string): boolean {
  throw new Error('body follows');
}
