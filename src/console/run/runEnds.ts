import type { Run } from '../../domain/model.ts';
import type { Action } from '../state/actions.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { countShows } from '../state/runShow.ts';
import type { Store } from '../state/store.ts';
import { type Words, words } from '../state/words.ts';

/** One line for the end of a run: how it went. */
export function endWords(run: Run): Words {
  const { succeeded, failed, unreachable, stopped } = countShows(run.counts);
  const params = { number: run.number, task: run.taskName, succeeded, failed, unreachable, stopped };
  return words(failed + unreachable + stopped === 0 ? 'run.ended.well' : 'run.ended.unwell', params);
}

/** Tells of each run that ends while the console is open, whatever is on the screen. */
export function createRunEnds(
  store: Store<ConsoleState, Action>,
  ended: (run: Run) => void,
): { follow(): void } {
  let seen: ConsoleState['model']['collections']['runs'] | null = null;
  const live = new Set<string>();
  return {
    follow() {
      const { isLoaded, collections } = store.getState().model;
      if (!isLoaded || collections.runs === seen) return;
      seen = collections.runs;
      const over: Run[] = [];
      for (const run of seen.values()) {
        if (run.finishedAt === null) live.add(run.id);
        else if (live.delete(run.id)) over.push(run);
      }
      for (const run of over) {
        store.dispatch({
          type: 'ui/notice',
          notice: {
            content: endWords(run),
            role: run.counts.failed || run.counts.unreachable ? 'status.warning' : 'status.ok',
          },
        });
        ended(run);
      }
    },
  };
}
