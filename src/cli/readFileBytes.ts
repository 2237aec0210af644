import { readFile, stat } from 'node:fs/promises';
import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';

/** A file of the administrator's, in bounds. */
export async function readFileBytes(path: string, maxBytes: number): Promise<Outcome<Buffer>> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) return failed('input.fileUnreadable', { path, reason: 'EFBIG' });
    return ok(await readFile(path));
  } catch (error) {
    return failed('input.fileUnreadable', { path, reason: (error as NodeJS.ErrnoException).code ?? 'read' });
  }
}
