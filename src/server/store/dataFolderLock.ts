import type { Outcome } from '../../domain/failure.ts';

/** Held while a server owns the data folder; freed by the kernel if the process is killed. */
export interface DataFolderLock {
  release(): Promise<void>;
}

/**
 * Makes the folder private (0700) and locks it. server.locked {pid}: another server has it. store.foreign: it
 * belongs to another user or cannot be made private.
 */
export declare function acquireDataFolderLock(folder: string): Promise<Outcome<DataFolderLock>>;
