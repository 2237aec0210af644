import type { WriteStream } from 'node:tty';

/**
 * Node writes to a terminal blocking: one that does not read (a paused tmux) would stop the whole program. Afterwards
 * what it does not take waits in `writableLength`. libuv has opened the terminal anew for this process, so that no
 * other process on it is affected.
 */
export function unblock(output: WriteStream): void {
  const { _handle: handle } = output as WriteStream & {
    readonly _handle?: { setBlocking?(isBlocking: boolean): number };
  };
  handle?.setBlocking?.(false);
}

/** Resolves with true when the terminal has taken everything, with false after `limitMs`. */
export function taken(output: WriteStream, limitMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const limit = setTimeout(() => resolve(false), limitMs);
  output.write('', () => {
    clearTimeout(limit);
    resolve(true);
  });
  return promise;
}
