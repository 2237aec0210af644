import { createHash } from 'node:crypto';
import { chmod, lstat, readFile, realpath, unlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { makeFolder } from '../../shared/makeFolder.ts';
import { fail, ok } from '../../shared/result.ts';
import { replaceDurably } from './durableFile.ts';
import { realFileSystem } from './fileSystem.ts';
import { describeProcess, isRunning, type ProcessMark, processMarkSchema } from './processMark.ts';
import { hasCode, writeFailure } from './writeFailure.ts';

/** Held while a server owns the data folder; freed by the kernel if the process is killed. */
export interface DataFolderLock {
  release(): Promise<void>;
}

const lockFile = 'server.lock';

/**
 * Makes the folder private (0700) and locks it. server.locked {dataFolder, pid}: another server has it.
 * store.foreign: it belongs to another user or cannot be made private.
 */
export async function acquireDataFolderLock(folder: string): Promise<Outcome<DataFolderLock>> {
  try {
    await makeFolder(folder);
    const path = await realpath(folder);
    const { dev, ino, uid, mode } = await lstat(path);
    if (process.geteuid !== undefined && uid !== process.geteuid()) {
      return failed('store.foreign', { folder: path, uid });
    }
    if ((mode & 0o077) !== 0 && !(await makePrivate(path))) {
      return failed('store.foreign', { folder: path, uid });
    }
    return await lockFolder(path, `${path}\0${dev}:${ino}`);
  } catch (error) {
    return fail(writeFailure(error, folder));
  }
}

async function makePrivate(path: string): Promise<boolean> {
  await chmod(path, 0o700).catch(() => {});
  return ((await lstat(path)).mode & 0o077) === 0;
}

async function lockFolder(folder: string, identity: string): Promise<Outcome<DataFolderLock>> {
  const socket = await listen(identity);
  const path = join(folder, lockFile);
  const holder = await readHolder(path);
  // The socket cannot be seen from another network namespace; the file can.
  if (socket === null || (holder !== null && (await isRunning(holder)))) {
    socket?.close();
    return failed('server.locked', { dataFolder: folder, pid: holder?.pid ?? 0 });
  }
  try {
    const mark = JSON.stringify(await describeProcess(process.pid));
    await replaceDurably(realFileSystem, folder, lockFile, [Buffer.from(`${mark}\n`)]);
  } catch (error) {
    socket.close();
    throw error;
  }
  return ok({
    async release() {
      await unlink(path).catch(() => {});
      await new Promise((resolve) => socket.close(resolve));
    },
  });
}

async function readHolder(path: string): Promise<ProcessMark | null> {
  try {
    const mark = processMarkSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return mark.success ? mark.data : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Takes an abstract socket's name, which the kernel frees with the process. Null: it is taken. */
function listen(identity: string): Promise<Server | null> {
  const name = `\0haifu-${createHash('sha256').update(identity).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}
