import { open, readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { ok } from '../../shared/result.ts';
import { type PathSeen, splitPath } from '../state/pathSeen.ts';

/** What the admin typed, as an absolute path: `~/` is the home folder, the rest is relative to the console's. */
export const absolutePath = (typed: string): string =>
  resolve(typed === '~' || typed.startsWith('~/') ? join(homedir(), typed.slice(1)) : typed);

/** The bytes of a regular file of at most `mostBytes`. */
export async function readFile(typed: string, mostBytes: number): Promise<Outcome<Uint8Array>> {
  const path = absolutePath(typed);
  const unreadable = (reason: string) => failed('input.fileUnreadable', { path, reason });
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > mostBytes) return unreadable('EFBIG');
    return ok(await file.readFile());
  } catch (error) {
    return unreadable((error as NodeJS.ErrnoException).code ?? 'EIO');
  }
}

/** A text file in UTF-8: a key. */
export async function readTextFile(typed: string): Promise<Outcome<string>> {
  const bytes = await readFile(typed, 1024 * 1024);
  return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : bytes;
}

const mostCandidates = 500;

const kindOf = (path: string): Promise<PathSeen['kind']> =>
  stat(path).then(
    (found) => (found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'nothing'),
    () => 'nothing',
  );

/** What stands where the typed path points to, and what it could become. A folder that cannot be read is empty. */
export async function seePath(typed: string): Promise<PathSeen> {
  if (typed === '') return { path: typed, kind: 'nothing', candidates: [] };
  if (typed === '~') return { path: typed, kind: 'folder', candidates: ['~/'] };
  const { folder, name } = splitPath(typed);
  const parent = absolutePath(folder === '' ? '.' : folder);
  const names = await readdir(parent).catch((): string[] => []);
  const begun = names
    .filter((one) => one.startsWith(name) && (name.startsWith('.') || !one.startsWith('.')))
    .sort()
    .slice(0, mostCandidates);
  const candidates = begun.map(async (one) => {
    const kind = await kindOf(join(parent, one));
    return kind === 'folder' ? `${one}/` : one;
  });
  return { path: typed, kind: await kindOf(absolutePath(typed)), candidates: await Promise.all(candidates) };
}

/** Writes the parts into a file that is new. */
export async function writeNewFile(
  typed: string,
  parts: AsyncIterable<string> | Iterable<string>,
): Promise<Outcome<null>> {
  const path = absolutePath(typed);
  let isMade = false;
  try {
    await using file = await open(path, 'wx', 0o600);
    isMade = true;
    for await (const part of parts) await file.appendFile(part);
    return ok(null);
  } catch (error) {
    if (isMade) await rm(path, { force: true });
    return failed('input.fileUnwritable', { path, reason: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
}
