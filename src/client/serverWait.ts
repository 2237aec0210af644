import { watch } from 'node:fs';
import type { Outcome } from '../domain/failure.ts';
import { type Channel, openChannel } from './channel.ts';
import { socketPathOf } from './serverFiles.ts';

/** Tries the socket at its present path. */
export const tryServer = async (dataFolder: string): Promise<Outcome<Channel>> =>
  openChannel(await socketPathOf(dataFolder));

/**
 * Waits for a server that somebody else is starting: every change in the data folder is a reason to try again.
 * The socket may stand outside the folder, where nothing is watched; hence the slow second look.
 */
export async function waitForServer(dataFolder: string, limitMs: number): Promise<Outcome<Channel>> {
  const deadline = performance.now() + limitMs;
  let changed = (): void => {};
  const watcher = watch(dataFolder, () => changed());
  try {
    for (;;) {
      const seen = new Promise<void>((resolve) => {
        const second = setTimeout(resolve, 500);
        changed = () => {
          clearTimeout(second);
          resolve();
        };
      });
      const outcome = await tryServer(dataFolder);
      if (outcome.ok || performance.now() > deadline) {
        changed();
        return outcome;
      }
      await seen;
    }
  } finally {
    watcher.close();
  }
}
