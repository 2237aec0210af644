import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FileSystem, OpenFile } from './fileSystem.ts';
import { hasCode } from './writeFailure.ts';

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const temporaryName = (name: string): string => `.${name}.${randomBytes(8).toString('hex')}.tmp`;
const isTemporary = (name: string): boolean => /^\..+\.[0-9a-f]{16}\.tmp$/.test(name);

/** Opens a new file under a name that nobody can foresee. A name that is taken, by a link too, is left alone. */
async function openTemporary(fs: FileSystem, folder: string, name: string): Promise<[string, OpenFile]> {
  for (let tries = 1; ; tries++) {
    const path = join(folder, temporaryName(name));
    try {
      return [path, await fs.open(path, 'createNew')];
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || tries === 5) throw error;
    }
  }
}

/**
 * Writes a temporary file that is complete on the disk, for the caller to rename. Leaves nothing behind when it
 * fails. @returns its path and the file, open for reading and writing
 */
export async function writeTemporary(
  fs: FileSystem,
  folder: string,
  name: string,
  chunks: Chunks,
): Promise<{ path: string; file: OpenFile; sizeBytes: number }> {
  const [path, file] = await openTemporary(fs, folder, name);
  try {
    let sizeBytes = 0;
    for await (const chunk of chunks) {
      await file.write(chunk, sizeBytes);
      sizeBytes += chunk.length;
    }
    await file.sync();
    return { path, file, sizeBytes };
  } catch (error) {
    await discard(fs, path, file);
    throw error;
  }
}

/** Drops a temporary file; what cannot be removed now goes with the next start's removeLeftovers. */
export async function discard(fs: FileSystem, path: string, file: OpenFile | null): Promise<void> {
  await file?.close().catch(() => {});
  await fs.unlink(path).catch(() => {});
}

/** Replaces folder/name so that after a power cut either the old or the new content is there, complete. */
export async function replaceDurably(
  fs: FileSystem,
  folder: string,
  name: string,
  chunks: Chunks,
): Promise<void> {
  const { path, file } = await writeTemporary(fs, folder, name, chunks);
  try {
    await file.close();
    await fs.rename(path, join(folder, name));
  } catch (error) {
    await discard(fs, path, null);
    throw error;
  }
  await fs.syncFolder(folder);
}

/** Removes temporary files that a killed process left. */
export async function removeLeftovers(fs: FileSystem, folder: string): Promise<void> {
  for (const name of await fs.list(folder)) {
    if (isTemporary(name)) await fs.unlink(join(folder, name)).catch(() => {});
  }
}

/** The whole file, or null if there is none. */
export async function readWhole(
  fs: FileSystem,
  path: string,
): Promise<{ bytes: Buffer; uid: number } | null> {
  let file: OpenFile;
  try {
    file = await fs.open(path, 'read');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    const { sizeBytes, uid } = await file.stat();
    const bytes = Buffer.alloc(sizeBytes);
    return { bytes: bytes.subarray(0, await file.read(bytes, 0)), uid };
  } finally {
    await file.close();
  }
}
