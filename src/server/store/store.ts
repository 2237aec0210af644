import type { Failure, Outcome } from '../../domain/failure.ts';
import type { Change, Model } from '../../domain/model.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DataFolderLock } from './dataFolderLock.ts';
import type { FileSystem } from './fileSystem.ts';

export interface Store {
  /** What is durable now; immutable. Its maps promise no order. */
  readonly model: Model;
  readonly seq: number;
  readonly storeId: string;
  /** Said aloud once: generation fallen back to, torn tail cut … */
  readonly notices: readonly Failure[];
  /**
   * Computes the changes on the newest accepted draft, appends them to changes.ndjson (synced, several commits
   * in one sync), swaps them in, tells the listeners, then resolves. A failed write leaves model as the disk is
   * and answers store.diskFull or store.writeFailed, also to commits that were built on the failed one.
   * `build` returning a failure commits nothing. An empty list of changes resolves at once.
   * Rejects if `build` throws or an entity does not fit its schema: both are bugs, and nothing is accepted.
   */
  commit<T>(build: (draft: Model) => Outcome<{ changes: readonly Change[]; value: T }>): Promise<Outcome<T>>;
  /** The listener is called in the order of `seq`; the answer ends it. */
  onCommitted(listener: (seq: number, changes: readonly Change[]) => void): () => void;
  close(): Promise<void>;
}

export interface StoreOptions {
  clock: Clock;
  snapshotIntervalMs?: number;
  /** The folder's lock, if the caller holds it; otherwise the store takes it and lets it go on close. */
  lock?: DataFolderLock;
  fileSystem?: FileSystem;
}

export declare function openStore(folder: string, options: StoreOptions): Promise<Outcome<Store>>;
