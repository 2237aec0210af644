import { createHash } from 'node:crypto';
import { mkdir, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { type CopyProblem, copySource } from './contentCopy.ts';
import { discard, removeLeftovers, writeTemporary } from './durableFile.ts';
import { type FileSystem, realFileSystem } from './fileSystem.ts';
import { hasCode, readFailure, writeFailure } from './writeFailure.ts';

export interface StoredContent {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Package content, stored once under its sha256 in `content/`, never changed. */
export interface ContentStore {
  /**
   * Copies the file in. input.fileUnreadable {path, reason}: it is no readable file, it changed while it was read
   * (reason `changed`) or the signal was aborted (`cancelled`). store.diskFull: nothing is left behind.
   */
  add(
    path: string,
    onProgress?: (doneBytes: number, totalBytes: number) => void,
    signal?: AbortSignal,
  ): Promise<Outcome<StoredContent>>;
  /** Where the content stands if it is stored; read-only for everybody. */
  pathOf(sha256: string): string;
  /** Reads all of it: package.contentMissing or package.contentDamaged, with the sha256 as `name`. */
  verify(sha256: string): Promise<Outcome<StoredContent>>;
  /** Removing what is not there is no failure. */
  remove(sha256: string): Promise<Outcome<void>>;
  list(): Promise<Outcome<StoredContent[]>>;
}

const isSha256 = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** Makes `content/` and removes what interrupted copies left there. */
export async function openContentStore(
  dataFolder: string,
  fileSystem: FileSystem = realFileSystem,
): Promise<Outcome<ContentStore>> {
  const folder = join(dataFolder, 'content');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await fileSystem.syncFolder(dataFolder);
    await removeLeftovers(fileSystem, folder);
    return ok(new FolderContentStore(folder, fileSystem));
  } catch (error) {
    return fail(writeFailure(error, 'content'));
  }
}

class FolderContentStore implements ContentStore {
  readonly #folder: string;
  readonly #fs: FileSystem;

  constructor(folder: string, fs: FileSystem) {
    this.#folder = folder;
    this.#fs = fs;
  }

  async add(
    path: string,
    onProgress: (doneBytes: number, totalBytes: number) => void = () => {},
    signal?: AbortSignal,
  ): Promise<Outcome<StoredContent>> {
    const source = copySource(path, onProgress, signal);
    try {
      const {
        path: temporary,
        file,
        sizeBytes,
      } = await writeTemporary(this.#fs, this.#folder, 'content', source.chunks());
      const sha256 = source.sha256();
      try {
        await file.close();
        await this.#fs.rename(temporary, join(this.#folder, sha256));
      } catch (error) {
        await discard(this.#fs, temporary, null);
        throw error;
      }
      await this.#fs.syncFolder(this.#folder);
      return ok({ sha256, sizeBytes });
    } catch (error) {
      const problem: CopyProblem | null = source.problem();
      if (problem !== null) return failed('input.fileUnreadable', { path, reason: problem });
      return fail(writeFailure(error, 'content'));
    }
  }

  pathOf(sha256: string): string {
    if (!isSha256(sha256)) throw new Error('not a sha256');
    return join(this.#folder, sha256);
  }

  async verify(sha256: string): Promise<Outcome<StoredContent>> {
    try {
      const handle = await open(this.pathOf(sha256), 'r');
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const chunk of handle.createReadStream({ highWaterMark: 1024 * 1024 })) {
        hash.update(chunk);
        sizeBytes += chunk.length;
      }
      return hash.digest('hex') === sha256
        ? ok({ sha256, sizeBytes })
        : failed('package.contentDamaged', { name: sha256 });
    } catch (error) {
      return hasCode(error, 'ENOENT')
        ? failed('package.contentMissing', { name: sha256 })
        : fail(readFailure(error, `content/${sha256}`));
    }
  }

  async remove(sha256: string): Promise<Outcome<void>> {
    try {
      await unlink(this.pathOf(sha256));
      await this.#fs.syncFolder(this.#folder);
      return ok(undefined);
    } catch (error) {
      return hasCode(error, 'ENOENT') ? ok(undefined) : fail(writeFailure(error, `content/${sha256}`));
    }
  }

  async list(): Promise<Outcome<StoredContent[]>> {
    try {
      const names = (await this.#fs.list(this.#folder)).filter(isSha256).sort();
      return ok(
        await Promise.all(
          names.map(async (sha256) => ({ sha256, sizeBytes: (await stat(this.pathOf(sha256))).size })),
        ),
      );
    } catch (error) {
      return fail(readFailure(error, 'content'));
    }
  }
}
