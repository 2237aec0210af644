import { tooLarge, unsafe } from './reading.ts';
import type { TarEntry } from './tar.ts';

/** How much an archive may unpack to. */
export const archiveLimits = {
  entries: 500_000,
  pathCharacters: 64 * 1024 * 1024,
  /** Beside this many times the packed size. */
  ratio: 100,
  allowanceBytes: 1024 ** 3,
  unpackedBytes: 32 * 1024 ** 3,
} as const;

export const unpackedLimit = (packedBytes: number): number =>
  Math.min(archiveLimits.unpackedBytes, archiveLimits.allowanceBytes + archiveLimits.ratio * packedBytes);

export interface ListingCheck {
  /** Throws `package.unsafeContent` or `package.tooLarge`. */
  add(entry: TarEntry): void;
  /** What only the whole list shows: a path that leads through a link of the archive. */
  finish(): void;
}

/**
 * Judges an archive by its list of names alone, so that unpacking it as root cannot write outside the folder:
 * no absolute path, no `..`, no device, no link that leaves, and nothing that is written through a link.
 */
export function createListingCheck(limitBytes: number): ListingCheck {
  const parents = new Set<string>();
  const links = new Set<string>();
  let entries = 0;
  let characters = 0;
  let total = 0;
  return {
    add(entry) {
      const path = plainPath(entry.path);
      if (path === null) throw unsafe(entry.path);
      entries += 1;
      characters += entry.path.length;
      total += entry.sizeBytes;
      if (entries > archiveLimits.entries) throw tooLarge(entries, archiveLimits.entries);
      if (characters > archiveLimits.pathCharacters) throw tooLarge(characters, archiveLimits.pathCharacters);
      if (total > limitBytes) throw tooLarge(total, limitBytes);
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const parent = path.slice(0, at);
        if (parents.has(parent)) break;
        parents.add(parent);
      }
      if (entry.type === 'device' || entry.type === 'other') throw unsafe(entry.path);
      if (entry.type === 'hardLink' && plainPath(entry.linkTarget) === null)
        throw unsafe(`${entry.path} -> ${entry.linkTarget}`);
      if (entry.type === 'hardLink') addParents(parents, plainPath(entry.linkTarget) ?? '');
      if (entry.type !== 'symbolicLink') return;
      if (!staysInside(path, entry.linkTarget)) throw unsafe(`${entry.path} -> ${entry.linkTarget}`);
      links.add(path);
    },
    finish() {
      for (const link of links) if (parents.has(link)) throw unsafe(link);
    },
  };
}

function addParents(parents: Set<string>, path: string): void {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    parents.add(path.slice(0, at));
}

/** The path without `.` and doubled slashes; null when it is absolute, empty of sense or has a `..`. */
function plainPath(path: string): string | null {
  if (path === '' || path.startsWith('/') || path.includes('\0') || path.includes('\\')) return null;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? null : parts.join('/');
}

/**
 * True for a relative target whose leading `..`s stay within the link's own folder's depth. A `..` behind a name
 * is refused: the name may be a link itself, and then lexical rules do not hold.
 */
function staysInside(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\0') || target.includes('\\')) return false;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const firstName = parts.findIndex((part) => part !== '..');
  const ups = firstName < 0 ? parts.length : firstName;
  return ups <= path.split('/').length - 1 && !parts.slice(ups).includes('..');
}
