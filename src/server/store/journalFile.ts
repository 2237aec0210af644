import { join } from 'node:path';
import type { Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { discard, writeTemporary } from './durableFile.ts';
import type { FileSystem, OpenFile } from './fileSystem.ts';
import { encodeRecord } from './record.ts';
import { writeFailure } from './writeFailure.ts';

/**
 * An open journal. After a failed write it takes the file back to its last synced record, at once or before
 * the next write, so that nothing that was refused can come back from the disk.
 */
export class JournalFile {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #name: string;
  readonly #file: OpenFile;
  /** Length of what is synced. */
  #length: number;
  #isTailSuspect = false;
  #isNameSynced = true;

  constructor(fs: FileSystem, folder: string, name: string, file: OpenFile, length: number) {
    this.#fs = fs;
    this.#folder = folder;
    this.#name = name;
    this.#file = file;
    this.#length = length;
  }

  /** Puts a new journal with these first records in the place of `name`. Rejects with a system error. */
  static async create(
    fs: FileSystem,
    folder: string,
    name: string,
    ...first: readonly unknown[]
  ): Promise<JournalFile> {
    const { path, file, sizeBytes } = await writeTemporary(fs, folder, name, first.map(encodeRecord));
    try {
      await fs.rename(path, join(folder, name));
    } catch (error) {
      await discard(fs, path, file);
      throw error;
    }
    const journal = new JournalFile(fs, folder, name, file, sizeBytes);
    journal.#isNameSynced = false;
    // From here on the journal stands under its name: a failed sync is made good before its first record.
    await journal.#settle().catch(() => {});
    return journal;
  }

  /** Opens a journal whose good records end at `goodLength`; what stands behind is cut off. */
  static async open(fs: FileSystem, folder: string, name: string, goodLength: number): Promise<JournalFile> {
    const file = await fs.open(join(folder, name), 'readWrite');
    try {
      const journal = new JournalFile(fs, folder, name, file, goodLength);
      const { sizeBytes } = await file.stat();
      journal.#isTailSuspect = sizeBytes !== goodLength;
      journal.#isNameSynced = false;
      await journal.#settle();
      return journal;
    } catch (error) {
      await file.close().catch(() => {});
      throw error;
    }
  }

  /** Adds one record. Not to be called again before it resolves. */
  async append(payload: unknown): Promise<Outcome<void>> {
    const bytes = encodeRecord(payload);
    try {
      await this.#settle();
      this.#isTailSuspect = true;
      await this.#file.write(bytes, this.#length);
      await this.#file.sync();
      this.#isTailSuspect = false;
      this.#length += bytes.length;
      return ok(undefined);
    } catch (error) {
      const result = fail(writeFailure(error, this.#name));
      await this.#settle().catch(() => {});
      return result;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #settle(): Promise<void> {
    if (this.#isTailSuspect) {
      await this.#file.truncate(this.#length);
      await this.#file.sync();
      this.#isTailSuspect = false;
    }
    if (!this.#isNameSynced) {
      await this.#fs.syncFolder(this.#folder);
      this.#isNameSynced = true;
    }
  }
}
