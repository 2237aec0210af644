import type { Kind } from './readers/magic.ts';

/** What a file's ending claims: its label for messages and the kinds of bytes that keep the promise. */
export interface FileEnding {
  readonly ending: string;
  readonly kinds: readonly Kind[];
}

/** The longer one of two that fit stands first. */
const fileEndings: readonly FileEnding[] = [
  { ending: '.deb', kinds: ['deb'] },
  { ending: '.rpm', kinds: ['rpm'] },
  { ending: '.tar.gz', kinds: ['gzip'] },
  { ending: '.tgz', kinds: ['gzip'] },
  { ending: '.tar.xz', kinds: ['xz'] },
  { ending: '.txz', kinds: ['xz'] },
  { ending: '.tar.zst', kinds: ['zstd'] },
  { ending: '.tzst', kinds: ['zstd'] },
  { ending: '.zip', kinds: ['zip'] },
  { ending: '.sh', kinds: ['script'] },
  { ending: '.run', kinds: ['script', 'ELF'] },
  { ending: '.bin', kinds: ['script', 'ELF'] },
];

export const endingOf = (fileName: string): FileEnding | null =>
  fileEndings.find(({ ending }) => fileName.toLowerCase().endsWith(ending)) ?? null;
