import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeLeftovers, replaceDurably } from '../../../src/server/store/durableFile.ts';
import { type FileSystem, realFileSystem } from '../../../src/server/store/fileSystem.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-durable-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (text: string) => [Buffer.from(text)];

it('does not write through a link that stands under its temporary name', async () => {
  const victim = join(folder, 'victim');
  await writeFile(victim, 'untouched');
  let planted = 0;
  const fs: FileSystem = {
    ...realFileSystem,
    async open(path, how) {
      if (how === 'createNew' && planted++ < 3) await symlink(victim, path);
      return realFileSystem.open(path, how);
    },
  };
  await replaceDurably(fs, folder, 'file.json', bytes('secret'));
  expect(planted).toBe(4);
  expect(await readFile(victim, 'utf8')).toBe('untouched');
  expect(await readFile(join(folder, 'file.json'), 'utf8')).toBe('secret');

  planted = -100;
  await expect(replaceDurably(fs, folder, 'file.json', bytes('other'))).rejects.toMatchObject({
    code: 'EEXIST',
  });
  expect(await readFile(join(folder, 'file.json'), 'utf8')).toBe('secret');
});

it('replaces a link instead of following it, and makes the file private', async () => {
  const victim = join(folder, 'victim');
  await writeFile(victim, 'untouched', { mode: 0o644 });
  await symlink(victim, join(folder, 'file.json'));
  await replaceDurably(realFileSystem, folder, 'file.json', bytes('secret'));
  expect(await readFile(victim, 'utf8')).toBe('untouched');
  await chmod(join(folder, 'file.json'), 0o644);
  await replaceDurably(realFileSystem, folder, 'file.json', bytes('secret'));
  expect((await stat(join(folder, 'file.json'))).mode & 0o777).toBe(0o600);
});

it('removes only its own leftovers', async () => {
  const others = ['.bashrc', 'a.tmp', '.a.json.tmp', '.a.json.0123456789abcdeg.tmp'];
  for (const name of [...others, '.a.json.0123456789abcdef.tmp']) await writeFile(join(folder, name), '');
  await removeLeftovers(realFileSystem, folder);
  expect((await readdir(folder)).sort()).toEqual(others.sort());
});
