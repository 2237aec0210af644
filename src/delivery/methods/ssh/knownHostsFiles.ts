import { readFile, stat } from 'node:fs/promises';
import { type KnownHostLine, type KnownHosts, parseKnownHosts } from './knownHosts.ts';

interface ReadFile extends KnownHosts {
  readonly version: string;
}
const readBefore = new Map<string, ReadFile>();

export interface ReadKnownHosts {
  readonly lines: readonly KnownHostLine[];
  /** A file is there and could not be read: its keys are not known, so no first contact may be accepted. */
  readonly isComplete: boolean;
}

/** All lines of the files, in order. A missing file is an empty one; each is parsed again only when it changes. */
export async function readKnownHosts(paths: readonly string[]): Promise<ReadKnownHosts> {
  let lines: readonly KnownHostLine[] = [];
  let isComplete = true;
  for (const path of paths) {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const version = `${mtimeMs} ${size} ${ino}`;
      let file = readBefore.get(path);
      if (file?.version !== version) {
        file = { version, ...parseKnownHosts(await readFile(path, 'utf8')) };
        readBefore.set(path, file);
      }
      lines = lines.length === 0 ? file.lines : lines.concat(file.lines);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') isComplete = false;
    }
  }
  return { lines, isComplete };
}
