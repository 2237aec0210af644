import { randomBytes } from 'node:crypto';
import { Low } from 'lowdb';
import { type Failure, FailureError, type Outcome } from '../../domain/failure.ts';
import type { Change, Model } from '../../domain/model.ts';
import type { Clock } from '../../shared/clock.ts';
import { fail, ok } from '../../shared/result.ts';
import { ChangeJournal } from './changeJournal.ts';
import { acquireDataFolderLock, type DataFolderLock } from './dataFolderLock.ts';
import { type FileSystem, realFileSystem } from './fileSystem.ts';
import { LowdbStore } from './lowdbStore.ts';
import { mendStore } from './mendStore.ts';
import { type StoreSchema, storeSchema } from './migrations.ts';
import { buildModel } from './modelChanges.ts';
import { SnapshotAdapter, type StoreDocument } from './snapshotAdapter.ts';
import { currentSnapshot } from './storeNames.ts';
import { writeFailure } from './writeFailure.ts';

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
  schema?: StoreSchema;
}

/**
 * Opens the folder's store, or makes one. Failures: server.locked, store.foreign, store.newerVersion (nothing is
 * touched), store.damaged with file and place (nothing is touched), store.diskFull, store.writeFailed.
 */
export async function openStore(folder: string, options: StoreOptions): Promise<Outcome<Store>> {
  if (options.lock !== undefined) return openLocked(folder, options, null);
  const lock = await acquireDataFolderLock(folder);
  if (!lock.ok) return lock;
  const store = await openLocked(folder, options, lock.value);
  if (!store.ok) await lock.value.release();
  return store;
}

async function openLocked(
  folder: string,
  options: StoreOptions,
  lock: DataFolderLock | null,
): Promise<Outcome<Store>> {
  const { clock, snapshotIntervalMs = 1000, fileSystem = realFileSystem, schema = storeSchema } = options;
  const adapter = new SnapshotAdapter(fileSystem, folder, schema);
  const empty: StoreDocument = {
    schemaVersion: schema.version,
    storeId: randomBytes(16).toString('hex'),
    seq: 0,
    model: buildModel(() => []),
  };
  let journal: ChangeJournal | null = null;
  try {
    const low = new Low(adapter, empty);
    await low.read();
    const { loaded } = adapter;
    const { seq, storeId, schemaVersion } = low.data;
    const mended = await mendStore(fileSystem, folder, loaded, schemaVersion, clock.now());
    const isMigrated = loaded.beforeMigration !== null;
    // Records of the new schema never follow a header of the old one.
    const last = isMigrated && loaded.journal?.base === seq ? null : loaded.journal;
    journal = await ChangeJournal.open(fileSystem, folder, { storeId, schemaVersion }, last, seq);
    if (isMigrated) await journal.rotate(seq);
    const isSnapshotDue = isMigrated || loaded.content === null;
    if (isSnapshotDue) await low.write();
    const snapshotSeq = isSnapshotDue ? seq : loaded.isCurrentGood ? loaded.snapshotSeq : null;
    const notices = [...mended, ...loaded.notices];
    return ok(new LowdbStore({ low, journal, snapshotSeq, notices, clock, snapshotIntervalMs, lock }));
  } catch (error) {
    await journal?.close().catch(() => {});
    if (error instanceof FailureError) return fail(error.failure);
    return fail(writeFailure(error, currentSnapshot));
  }
}
