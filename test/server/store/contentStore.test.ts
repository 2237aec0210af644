import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContentStore, openContentStore } from '../../../src/server/store/contentStore.ts';
import { realFileSystem } from '../../../src/server/store/fileSystem.ts';
import { ok } from '../../../src/shared/result.ts';
import { accepted, failureOf } from './sampleStore.ts';

const bytes = randomBytes(3 * 1024 * 1024 + 17);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const stored = { sha256, sizeBytes: bytes.length };
let folder: string;
let source: string;
let contents: ContentStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-content-'));
  source = join(folder, 'nginx.deb');
  await writeFile(source, bytes);
  contents = accepted(await openContentStore(folder));
});
afterEach(() => rm(folder, { recursive: true }));
const names = () => readdir(join(folder, 'content'));

it('stores content once, by its sha256, privately', async () => {
  const seen: number[] = [];
  expect(await contents.add(source, (done, total) => seen.push(done / total))).toEqual(ok(stored));
  expect(await contents.add(source)).toEqual(ok(stored));
  expect(seen).toEqual([...seen].sort());
  expect(seen.at(-1)).toBe(1);
  expect(await names()).toEqual([sha256]);
  const path = contents.pathOf(sha256);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(bytes.equals(await readFile(path))).toBe(true);
  expect(await contents.verify(sha256)).toEqual(ok(stored));
  expect(await contents.list()).toEqual(ok([stored]));
});

it('notices content that is damaged or gone', async () => {
  accepted(await contents.add(source));
  await appendFile(contents.pathOf(sha256), 'x');
  expect(failureOf(await contents.verify(sha256)).code).toBe('package.contentDamaged');
  accepted(await contents.remove(sha256));
  accepted(await contents.remove(sha256));
  expect(failureOf(await contents.verify(sha256)).code).toBe('package.contentMissing');
  expect(() => contents.pathOf('../../etc/passwd')).toThrow('not a sha256');
});

describe('a source', () => {
  const reasonOf = async (answer: ReturnType<ContentStore['add']>) => {
    const { code, params } = failureOf(await answer);
    expect(await names()).toEqual([]);
    return [code, params['reason']];
  };

  it.each([
    ['grows', () => appendFile(source, 'more')],
    ['shrinks', () => truncate(source, 2_000_000)],
    ['is written to', () => writeFile(source, bytes)],
  ])('that %s while it is read is refused', async (_, change) => {
    let changing: Promise<void> | null = null;
    const fs: typeof realFileSystem = {
      ...realFileSystem,
      async open(path, how) {
        const file = await realFileSystem.open(path, how);
        const write = file.write.bind(file);
        file.write = async (chunk, position) => {
          changing ??= change();
          await changing;
          await write(chunk, position);
        };
        return file;
      },
    };
    contents = accepted(await openContentStore(folder, fs));
    expect(await reasonOf(contents.add(source))).toEqual(['input.fileUnreadable', 'changed']);
  });

  it('that is no file is refused', async () => {
    await mkdir(join(folder, 'a folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await reasonOf(contents.add(join(folder, 'a folder')))).toEqual([
      'input.fileUnreadable',
      'notAFile',
    ]);
    expect(await reasonOf(contents.add(join(folder, 'pipe')))).toEqual(['input.fileUnreadable', 'notAFile']);
    expect(await reasonOf(contents.add(join(folder, 'none')))).toEqual(['input.fileUnreadable', 'ENOENT']);
  });

  it('whose copying is cancelled leaves nothing', async () => {
    const abort = new AbortController();
    const adding = contents.add(source, () => abort.abort(), abort.signal);
    expect(await reasonOf(adding)).toEqual(['input.fileUnreadable', 'cancelled']);
  });

  it('that does not fit on the disk leaves nothing', async () => {
    let written = 0;
    const fs: typeof realFileSystem = {
      ...realFileSystem,
      async open(path, how) {
        const file = await realFileSystem.open(path, how);
        const write = file.write.bind(file);
        file.write = async (chunk, position) => {
          written += chunk.length;
          if (written > 2_000_000)
            throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
          await write(chunk, position);
        };
        return file;
      },
    };
    contents = accepted(await openContentStore(folder, fs));
    expect(await reasonOf(contents.add(source))).toEqual(['store.diskFull', undefined]);
  });
});

it('removes what an interrupted copy left', async () => {
  await writeFile(join(folder, 'content', '.content.0123456789abcdef.tmp'), 'half');
  contents = accepted(await openContentStore(folder));
  expect(await names()).toEqual([]);
});
