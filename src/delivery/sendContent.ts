import { open } from 'node:fs/promises';
import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { Upload } from './deviceSession.ts';
import type { RemoteProcess } from './remoteProcess.ts';

/** A line that takes one of them within the limit of a stall, 4 kB/s, is slow and not dead. */
const blockBytes = 256 * 1024;
/** A limited transfer is cut into pieces of this time, so that the line is not used in bursts. */
const paceMs = 250;

/**
 * Writes the content from its offset to the process, block by block with back-pressure. `transfer.stalled` when
 * not one block goes out for that long. A process that ends early is no failure here: it says why itself.
 */
export async function sendContent(
  process: RemoteProcess,
  upload: Upload,
  stallMs: number,
): Promise<Outcome<null>> {
  const { content, bytesPerSecond, signal } = upload;
  const block = Math.max(
    1024,
    Math.min(blockBytes, Math.ceil(((bytesPerSecond ?? Number.POSITIVE_INFINITY) * paceMs) / 1000)),
  );
  const file = await openContent(upload.contentPath);
  if (file === null) return failed('package.contentMissing', { name: content.sha256 }, { stage: 'transfer' });
  try {
    const startedAt = performance.now();
    let position = upload.offset;
    while (position < content.sizeBytes && !signal.aborted) {
      const bytes = Buffer.allocUnsafe(Math.min(block, content.sizeBytes - position));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
      if (bytesRead === 0)
        return failed('package.contentDamaged', { name: content.sha256 }, { stage: 'transfer' });
      const isWritten = await withinStall(process.write(bytes.subarray(0, bytesRead)), stallMs);
      if (isWritten === null) {
        return failed(
          'transfer.stalled',
          { seconds: stallMs / 1000 },
          { stage: 'transfer', isRetryable: true },
        );
      }
      if (!isWritten) break;
      position += bytesRead;
      upload.onProgress(position);
      if (bytesPerSecond !== null) {
        const dueMs = ((position - upload.offset) / bytesPerSecond) * 1000;
        await pause(dueMs - (performance.now() - startedAt), signal);
      }
    }
    return ok(null);
  } finally {
    await file.close();
  }
}

async function openContent(path: string) {
  try {
    return await open(path, 'r');
  } catch {
    return null;
  }
}

/** Null: it took too long. */
async function withinStall(written: Promise<boolean>, stallMs: number): Promise<boolean | null> {
  let timer: NodeJS.Timeout | undefined;
  const stall = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), stallMs);
  });
  try {
    return await Promise.race([written, stall]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits; an abort ends the wait. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
