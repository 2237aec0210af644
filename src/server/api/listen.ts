import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { ok } from '../../shared/result.ts';

/**
 * Listens on a Unix socket that only this user can open: a private folder, and a socket that is 0600 from its
 * first moment. Call it under the data folder's lock: a socket that is there is a killed server's.
 */
export async function listenPrivately(
  path: string,
  onConnection: (socket: Socket) => void,
): Promise<Outcome<Server>> {
  const folder = dirname(path);
  const refuse = (reason: string) => failed('server.startFailed', { reason: `${path}: ${reason}`, log: '' });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = await lstat(folder).then((stat) => {
      if (!stat.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
      return stat;
    });
    if (uid !== process.getuid?.()) return refuse('the folder belongs to another user');
    if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
    await rm(path, { force: true });
    const server = createServer(onConnection);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      const before = process.umask(0o177);
      try {
        server.listen(path, resolve);
      } finally {
        process.umask(before);
      }
    });
    server.removeAllListeners('error');
    return ok(server);
  } catch (error) {
    return refuse((error as NodeJS.ErrnoException).code ?? 'cannot listen');
  }
}
