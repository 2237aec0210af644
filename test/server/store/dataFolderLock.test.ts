import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireDataFolderLock } from '../../../src/server/store/dataFolderLock.ts';
import { describeProcess } from '../../../src/server/store/processMark.ts';
import { openStore } from '../../../src/server/store/store.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { accepted, commitChanges, failureOf, putDevices, sampleDevice } from './sampleStore.ts';

const isRoot = process.geteuid?.() === 0;
let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'haifu-lock-'));
  folder = join(root, 'data');
});
afterEach(() => rm(root, { recursive: true }));

describe('a data folder', () => {
  it('is made private, whatever the umask was, and its files too', async () => {
    await mkdir(folder, { mode: 0o755 });
    await chmod(folder, 0o777);
    const store = accepted(await openStore(folder, { clock: systemClock }));
    accepted(await commitChanges(store, putDevices(sampleDevice(1))));
    await store.close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const names = await readdir(folder);
    expect(names.sort()).toEqual(['changes.0.ndjson', 'changes.ndjson', 'store.0.json', 'store.json']);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it.runIf(isRoot)('of another user is refused, and so is another user’s store', async () => {
    await accepted(await openStore(folder, { clock: systemClock })).close();
    await chown(join(folder, 'store.json'), 12_345, 12_345);
    expect(failureOf(await openStore(folder, { clock: systemClock }))).toMatchObject({
      code: 'store.foreign',
      params: { file: 'store.json', uid: 12_345 },
    });
    await chown(folder, 12_345, 12_345);
    expect(failureOf(await acquireDataFolderLock(folder))).toMatchObject({
      code: 'store.foreign',
      params: { uid: 12_345 },
    });
  });
});

describe('the lock', () => {
  it('refuses a second server with the pid of the first, by any path, until it is released', async () => {
    const lock = accepted(await acquireDataFolderLock(folder));
    await symlink(folder, join(root, 'link'));
    for (const path of [folder, `${folder}/../data`, join(root, 'link')]) {
      expect(failureOf(await openStore(path, { clock: systemClock }))).toMatchObject({
        code: 'server.locked',
        params: { pid: process.pid, dataFolder: folder },
      });
    }
    // Somebody "cleaning up" does not let a second one in.
    await rm(join(folder, 'server.lock'));
    expect(failureOf(await acquireDataFolderLock(folder)).code).toBe('server.locked');
    await lock.release();
    await accepted(await acquireDataFolderLock(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets a store use it, and stays after the store is closed', async () => {
    const lock = accepted(await acquireDataFolderLock(folder));
    await accepted(await openStore(folder, { clock: systemClock, lock })).close();
    expect(failureOf(await acquireDataFolderLock(folder)).code).toBe('server.locked');
    await lock.release();
  });

  it('is free as soon as its holder was killed', async () => {
    const program = fileURLToPath(new URL('committingProcess.ts', import.meta.url));
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(failureOf(await acquireDataFolderLock(folder))).toMatchObject({
      code: 'server.locked',
      params: { pid: child.pid },
    });
    child.stdout.resume();
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(JSON.parse(await readFile(join(folder, 'server.lock'), 'utf8')).pid).toBe(child.pid);
    await accepted(await acquireDataFolderLock(folder)).release();
  });

  it('sees by the file a holder whose socket it cannot see, but not a pid that came back', async () => {
    await mkdir(folder, { mode: 0o700 });
    const alive = await describeProcess(process.ppid);
    await writeFile(join(folder, 'server.lock'), JSON.stringify(alive));
    expect(failureOf(await acquireDataFolderLock(folder))).toMatchObject({
      code: 'server.locked',
      params: { pid: process.ppid },
    });
    for (const stale of [
      { ...alive, startTime: '1' },
      { ...alive, bootId: 'another boot' },
      { nonsense: true },
    ]) {
      await writeFile(join(folder, 'server.lock'), JSON.stringify(stale));
      await accepted(await acquireDataFolderLock(folder)).release();
    }
  });
});
