import type { Action } from '../state/actions.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Store } from '../state/store.ts';

const tickMs = 1000;

/** Moves `ui.now` once a second, but only while the screen shows a run that is under way: idle means no timer. */
export function createTick(
  store: Store<ConsoleState, Action>,
  now: () => string,
): { follow(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  return {
    follow() {
      const { ui, run } = store.getState();
      const isNeeded = ui.screen === 'run' && run?.run?.finishedAt === null;
      if (!isNeeded) return stop();
      timer ??= setInterval(() => store.dispatch({ type: 'ui/now', now: now() }), tickMs);
    },
    stop,
  };
}
