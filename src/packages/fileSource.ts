import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { PackageSource } from './packageFormat.ts';

export interface FileSource extends PackageSource {
  close(): Promise<void>;
}

/**
 * A distribution package in a file of the jump host. `fileName` is the vendor's, when the file has another.
 * `input.fileUnreadable` with the system's code (`ENOENT`, `EACCES`) as reason.
 */
export async function openFileSource(path: string, fileName = basename(path)): Promise<Outcome<FileSource>> {
  try {
    const file = await open(path, 'r');
    const stat = await file.stat();
    if (!stat.isFile()) {
      await file.close();
      return failed('input.fileUnreadable', { path, reason: 'notAFile' });
    }
    return ok({
      fileName,
      sizeBytes: stat.size,
      close: () => file.close(),
      async read(offset, length) {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, stat.size - offset)));
        let filled = 0;
        while (filled < buffer.length) {
          const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      },
    });
  } catch (error) {
    return failed('input.fileUnreadable', { path, reason: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
}
