import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Longest path that `sun_path` holds besides its NUL (`man 7 unix`). */
const maxSocketPathBytes = 107;

/** Names in the data folder that belong to the running server; the store's own names are its own concern. */
export const socketPointerFile = (dataFolder: string): string => join(dataFolder, 'server.socket');
export const serverInfoFile = (dataFolder: string): string => join(dataFolder, 'server.pid');
export const serverLogFile = (dataFolder: string): string => join(dataFolder, 'server.log');

/**
 * Where the server listens: in the data folder, or, where that path is too long for a socket, in a private folder
 * with a short one. The pointer file tells clients which.
 */
export function socketPathFor(
  dataFolder: string,
  environment: { readonly runtimeFolder: string | undefined; readonly uid: number },
): string {
  const usual = join(dataFolder, 'server.sock');
  if (Buffer.byteLength(usual) <= maxSocketPathBytes) return usual;
  const name = `${createHash('sha256').update(dataFolder).digest('hex').slice(0, 24)}.sock`;
  const { runtimeFolder } = environment;
  if (runtimeFolder?.startsWith('/')) {
    const short = join(runtimeFolder, 'haifu', name);
    if (Buffer.byteLength(short) <= maxSocketPathBytes) return short;
  }
  return join(`/tmp/haifu-${environment.uid}`, name);
}
