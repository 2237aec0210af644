import type { Outcome } from '../../domain/failure.ts';

export interface StoredContent {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Package content, stored once under its sha256 in `content/`, never changed. */
export interface ContentStore {
  /** Copies the file in. A source that changes while it is read, or an aborted signal: input.fileUnreadable. */
  add(
    path: string,
    onProgress?: (doneBytes: number, totalBytes: number) => void,
    signal?: AbortSignal,
  ): Promise<Outcome<StoredContent>>;
  pathOf(sha256: string): string;
  /** Reads all of it: package.contentMissing or package.contentDamaged. */
  verify(sha256: string): Promise<Outcome<StoredContent>>;
  remove(sha256: string): Promise<Outcome<void>>;
  list(): Promise<Outcome<StoredContent[]>>;
}

export declare function openContentStore(folder: string): Promise<Outcome<ContentStore>>;
