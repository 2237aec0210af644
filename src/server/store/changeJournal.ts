import { join } from 'node:path';
import type { Outcome } from '../../domain/failure.ts';
import type { FileSystem } from './fileSystem.ts';
import { JournalFile } from './journalFile.ts';
import type { CommitsRecord, SegmentHeader } from './rawDocument.ts';
import { activeJournal, segmentName } from './storeNames.ts';

/**
 * The journal of changes, in segments: each begins where a snapshot was taken, so that an older generation
 * finds every change that follows it. Its calls are not to overlap.
 */
export class ChangeJournal {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #owner: Pick<SegmentHeader, 'storeId' | 'schemaVersion'>;
  #file: JournalFile;
  #base: number;
  /** False between the old segment's renaming and the new one's making: writing goes on in the old one. */
  #hasActiveName: boolean;

  private constructor(
    fs: FileSystem,
    folder: string,
    owner: Pick<SegmentHeader, 'storeId' | 'schemaVersion'>,
    file: JournalFile,
    base: number,
    hasActiveName: boolean,
  ) {
    this.#fs = fs;
    this.#folder = folder;
    this.#owner = owner;
    this.#file = file;
    this.#base = base;
    this.#hasActiveName = hasActiveName;
  }

  /** Opens the segment that loading found last, or makes the first one. Rejects with a system error. */
  static async open(
    fs: FileSystem,
    folder: string,
    owner: Pick<SegmentHeader, 'storeId' | 'schemaVersion'>,
    last: { readonly name: string; readonly base: number; readonly goodLength: number } | null,
    seq: number,
  ): Promise<ChangeJournal> {
    if (last !== null) {
      const file = await JournalFile.open(fs, folder, last.name, last.goodLength);
      return new ChangeJournal(fs, folder, owner, file, last.base, last.name === activeJournal);
    }
    const file = await JournalFile.create(fs, folder, activeJournal, header(owner, seq));
    return new ChangeJournal(fs, folder, owner, file, seq, true);
  }

  append(record: CommitsRecord): Promise<Outcome<void>> {
    return this.#file.append(record);
  }

  /** Begins a new segment for the changes after `seq`. Rejects with a system error, and then still appends. */
  async rotate(seq: number): Promise<void> {
    if (this.#base === seq && this.#hasActiveName) return;
    if (this.#hasActiveName) {
      await this.#fs.rename(join(this.#folder, activeJournal), join(this.#folder, segmentName(this.#base)));
      this.#hasActiveName = false;
    }
    // The old segment must have its new name on the disk before another file takes the old one.
    await this.#fs.syncFolder(this.#folder);
    if (this.#base === seq) return;
    const next = await JournalFile.create(this.#fs, this.#folder, activeJournal, header(this.#owner, seq));
    await this.#file.close().catch(() => {});
    this.#file = next;
    this.#base = seq;
    this.#hasActiveName = true;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

const header = (owner: Pick<SegmentHeader, 'storeId' | 'schemaVersion'>, base: number): SegmentHeader => ({
  journal: 'changes',
  ...owner,
  base,
});
