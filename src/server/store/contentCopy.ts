import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Why the source could not be copied: a system error's code, or one of these. */
export type CopyProblem = 'changed' | 'cancelled' | 'notAFile' | (string & {});

const chunkBytes = 1024 * 1024;

async function identity(handle: FileHandle): Promise<{ text: string; sizeBytes: number; isFile: boolean }> {
  const stats = await handle.stat({ bigint: true });
  return {
    text: `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`,
    sizeBytes: Number(stats.size),
    isFile: stats.isFile(),
  };
}

/** Reads a file once, hashing it on the way; ends in an error whose reason `problem` then tells. */
export function copySource(
  path: string,
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal | undefined,
): { chunks(): AsyncGenerator<Uint8Array>; sha256(): string; problem(): CopyProblem | null } {
  const hash = createHash('sha256');
  let problem: CopyProblem | null = null;

  function stop(reason: CopyProblem): never {
    problem = reason;
    throw new Error(reason);
  }

  async function* read(handle: FileHandle): AsyncGenerator<Uint8Array> {
    const before = await identity(handle);
    if (!before.isFile) stop('notAFile');
    let done = 0;
    while (done < before.sizeBytes) {
      if (signal?.aborted) stop('cancelled');
      const chunk = Buffer.alloc(Math.min(chunkBytes, before.sizeBytes - done));
      const { bytesRead } = await attempt(handle.read(chunk, 0, chunk.length, done));
      if (bytesRead === 0) stop('changed');
      done += bytesRead;
      hash.update(chunk.subarray(0, bytesRead));
      yield chunk.subarray(0, bytesRead);
      onProgress(done, before.sizeBytes);
    }
    if ((await identity(handle)).text !== before.text) stop('changed');
  }

  async function attempt<T>(reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      return stop((error as NodeJS.ErrnoException).code ?? 'unknown');
    }
  }

  return {
    async *chunks() {
      // Not blocking: opening a pipe would wait for its writer for ever.
      const handle = await attempt(open(path, constants.O_RDONLY | constants.O_NONBLOCK));
      try {
        yield* read(handle);
      } finally {
        await handle.close();
      }
    },
    sha256: () => hash.digest('hex'),
    problem: () => problem,
  };
}
