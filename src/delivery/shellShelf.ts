import type { Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import type { ShellSource, ShellWish } from './shellSource.ts';

/** A shell that waits for its script. */
export interface WaitingShell {
  /** Sends the script, filled up to what the shell waits for. Further input may follow. */
  send(script: string): RemoteProcess;
}

/**
 * Shells opened ahead of their use: the channel's two round trips pass while something else is going on. Each
 * is used once; a script that is longer than it waits for gets a fresh one.
 */
export interface ShellShelf {
  take(wish: ShellWish): Promise<Outcome<WaitingShell>>;
  /** Opens what receiving and starting will need. */
  prepare(): void;
  prepareRoot(): void;
}

/** Receiving reads its script a byte at a time, so its filling is kept short. */
const receiveBytes = 5 * 1024;
const scriptBytes = 24 * 1024;

interface Prepared {
  readonly wish: ShellWish;
  readonly shell: Promise<Outcome<RemoteProcess>>;
}

export function createShellShelf(source: ShellSource): ShellShelf {
  const prepared: Prepared[] = [];
  /** One password, one guess: nothing is opened beside the first shell that has to become root (B50). */
  let isRootProven = source.isLoginEnough;

  const put = (wish: ShellWish): void => {
    if (prepared.some((one) => one.wish.as === wish.as && one.wish.hasInput === wish.hasInput)) return;
    prepared.push({ wish, shell: source.open(wish) });
  };

  const waiting = (process: RemoteProcess, wish: ShellWish): WaitingShell => ({
    send: (script) => {
      const filling = wish.scriptBytes - Buffer.byteLength(script);
      void process.write(Buffer.from(script + '\n'.repeat(filling)));
      return process;
    },
  });

  const prepareRoot = (): void => {
    if (isRootProven) put({ as: 'root', hasInput: false, scriptBytes });
  };

  return {
    prepareRoot,
    prepare: () => {
      put({ as: 'login', hasInput: true, scriptBytes: receiveBytes });
      prepareRoot();
    },
    async take(wish) {
      const index = prepared.findIndex(
        (one) =>
          one.wish.as === wish.as &&
          one.wish.hasInput === wish.hasInput &&
          one.wish.scriptBytes >= wish.scriptBytes,
      );
      const [found] = index === -1 ? [] : prepared.splice(index, 1);
      const early = await found?.shell;
      if (found !== undefined && early?.ok) return ok(waiting(early.value, found.wish));
      const opened = await source.open(wish);
      if (!opened.ok) return opened;
      if (wish.as === 'root') isRootProven = true;
      return ok(waiting(opened.value, wish));
    },
  };
}
