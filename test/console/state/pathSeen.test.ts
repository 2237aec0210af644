import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completePath } from '../../../src/console/state/pathSeen.ts';
import { seePath } from '../../../src/console/terminal/files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-paths-'));
  await mkdir(join(folder, 'packages'));
  await symlink('packages', join(folder, 'linked'));
  for (const name of ['hosts', 'hosts.old', '.hidden', '配布.deb']) await writeFile(join(folder, name), '');
});
afterAll(() => rm(folder, { recursive: true }));

describe('Tab in a path', () => {
  const tab = async (typed: string) => {
    const done = completePath(await seePath(join(folder, '/') + typed));
    return typeof done === 'string' ? done : done.path.slice(folder.length + 1);
  };

  it.each([
    ['pa', 'packages/'],
    ['packages', 'packages/'],
    ['lin', 'linked/'],
    ['ho', 'hosts'],
    ['配', '配布.deb'],
    ['.h', '.hidden'],
    ['hosts', 'leave'],
    ['hosts.', 'hosts.old'],
    ['hosts.old', 'leave'],
    ['nothing', 'leave'],
    ['', 'stay'],
    ['nowhere/x', 'leave'],
  ])('makes %j %j', async (typed, result) => expect(await tab(typed)).toBe(result));

  it('does not show what is hidden, and moves on when asked twice', async () => {
    const seen = await seePath(join(folder, '/'));
    expect(seen.candidates).toEqual(['hosts', 'hosts.old', 'linked/', 'packages/', '配布.deb']);
    expect(completePath({ ...seen, wasAsked: true })).toBe('leave');
    expect((await seePath('~')).candidates).toEqual(['~/']);
  });
});
