import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import { FailureError } from '../../domain/failure.ts';
import { discard, writeTemporary } from './durableFile.ts';
import type { FileSystem } from './fileSystem.ts';
import { type LoadedStore, loadStore } from './loadStore.ts';
import type { StoreSchema } from './migrations.ts';
import { collectionNames, type StoredModel } from './modelChanges.ts';
import { encodeSnapshot } from './snapshotFormat.ts';
import { currentSnapshot, segmentName, snapshotName, sortNames } from './storeNames.ts';
import { hasCode } from './writeFailure.ts';

/** What lowdb holds in memory. */
export interface StoreDocument {
  readonly schemaVersion: number;
  readonly storeId: string;
  readonly seq: number;
  readonly model: StoredModel;
}

const keptGenerations = 3;

/** lowdb's door to the disk: reads with the journal's help, writes durably and keeps three generations. */
export class SnapshotAdapter implements Adapter<StoreDocument> {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #schema: StoreSchema;
  /** Seq of store.json, null while there is none. */
  #currentSeq: number | null = null;
  /** Seqs of the earlier generations, newest first. */
  #generations: readonly number[] = [];
  #loaded: LoadedStore | null = null;

  constructor(fs: FileSystem, folder: string, schema: StoreSchema) {
    this.#fs = fs;
    this.#folder = folder;
    this.#schema = schema;
  }

  /** What the last read found. */
  get loaded(): LoadedStore {
    if (this.#loaded === null) throw new Error('nothing was read');
    return this.#loaded;
  }

  /** Changes nothing on the disk. Rejects with a FailureError. */
  async read(): Promise<StoreDocument | null> {
    const loaded = await loadStore(this.#fs, this.#folder, this.#schema);
    if (!loaded.ok) throw new FailureError(loaded.failure);
    this.#loaded = loaded.value;
    this.#currentSeq = loaded.value.isCurrentGood ? loaded.value.snapshotSeq : null;
    this.#generations = loaded.value.generations;
    const { content } = loaded.value;
    return content === null ? null : { schemaVersion: this.#schema.version, ...content };
  }

  /** Rejects with a system error, and then the earlier snapshots and the journal still make up the store. */
  async write({ schemaVersion, storeId, seq, model }: StoreDocument): Promise<void> {
    const collections = collectionNames.map((name) => [name, model[name].values()] as const);
    const chunks = encodeSnapshot({ schemaVersion, storeId, seq, collections });
    const { path, file } = await writeTemporary(this.#fs, this.#folder, currentSnapshot, chunks);
    try {
      await file.close();
      await this.#keepCurrentAsGeneration(seq);
      await this.#fs.rename(path, join(this.#folder, currentSnapshot));
    } catch (error) {
      await discard(this.#fs, path, null);
      throw error;
    }
    this.#currentSeq = seq;
    await this.#fs.syncFolder(this.#folder);
    await this.#dropOld();
  }

  async #keepCurrentAsGeneration(nextSeq: number): Promise<void> {
    const seq = this.#currentSeq;
    if (seq === null || seq === nextSeq) return;
    await this.#fs
      .rename(join(this.#folder, currentSnapshot), join(this.#folder, snapshotName(seq)))
      .catch((error: unknown) => {
        // Somebody removed it: one generation less.
        if (!hasCode(error, 'ENOENT')) throw error;
      });
    this.#currentSeq = null;
    this.#generations = [seq, ...this.#generations.filter((other) => other !== seq)];
  }

  /** Removes generations past the third and the journal segments that none of the kept ones needs. */
  async #dropOld(): Promise<void> {
    const kept = this.#generations.slice(0, keptGenerations - 1);
    const oldest = kept.at(-1);
    if (oldest === undefined || kept.length < keptGenerations - 1) return;
    const { segments, generations } = sortNames(await this.#fs.list(this.#folder));
    const unneeded = [
      ...generations.filter((seq) => seq < oldest).map(snapshotName),
      ...segments.filter((base) => base < oldest).map(segmentName),
    ];
    // What cannot be removed now is tried again at the next snapshot.
    for (const name of unneeded) await this.#fs.unlink(join(this.#folder, name)).catch(() => {});
    this.#generations = kept;
  }
}
