import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file that holds the path of the socket when the data folder's own path is too long for one (108 bytes). */
export const socketPointerFile = (dataFolder: string): string => join(dataFolder, 'server.socket');
export const defaultSocket = (dataFolder: string): string => join(dataFolder, 'server.sock');
/** What a server in the background writes to its standard output and error. */
export const serverLog = (dataFolder: string): string => join(dataFolder, 'server.log');

/** Says which process serves, or served last when it ended without an order. */
export const serverInfoFile = (dataFolder: string): string => join(dataFolder, 'server.pid');
/** There once a server has ended by a bug: the number of the process that starts it again. */
export const restartMark = (dataFolder: string): string => join(dataFolder, 'server.restarting');

/** The path of the server's socket; nothing says that somebody listens there. */
export async function socketPathOf(dataFolder: string): Promise<string> {
  try {
    const pointed = (await readFile(socketPointerFile(dataFolder), 'utf8')).trim();
    if (pointed !== '') return pointed;
  } catch {
    // No pointer: the usual place.
  }
  return defaultSocket(dataFolder);
}
