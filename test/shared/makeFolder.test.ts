import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from '../../src/shared/makeFolder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes every folder above, private, and takes one that is there', async () => {
  const path = join(folder, 'a', 'b', 'c');
  await makeFolder(path);
  await makeFolder(path);
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700);
  expect((await stat(path)).isDirectory()).toBe(true);
});

it('fails where a file stands', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')('ends below a folder that takes none', async () => {
  await expect(makeFolder('/proc/haifu/data')).rejects.toThrow('ENOENT');
});
