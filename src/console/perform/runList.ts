import type { ConsoleContext } from '../consoleContext.ts';
import { type RunShow, runShows } from '../state/runShow.ts';
import { runSorts } from '../state/runSort.ts';
import { words } from '../state/words.ts';
import { runTableKey } from '../viewmodels/selectRun.ts';
import { change } from './activeList.ts';
import { notify } from './ask.ts';

/** One part of the run's devices; from another view back to their table. */
export function showPart(context: ConsoleContext, show: RunShow) {
  const watch = context.getState().run;
  if (watch === null) return;
  if (watch.view !== 'devices' || watch.cause !== null)
    context.dispatch({ type: 'run/view', view: 'devices', cause: null });
  context.dispatch({ type: 'run/show', show });
  change(context, runTableKey(watch.runId), { cursorId: null, cursorIndex: 0, top: 0 });
}

/** The next or previous part, in a circle. */
export function stepPart(context: ConsoleContext, step: 1 | -1) {
  const show = context.getState().run?.show ?? 'all';
  const next = (runShows.indexOf(show) + step + runShows.length) % runShows.length;
  showPart(context, runShows[next]!);
}

export function nextSort(context: ConsoleContext) {
  const sort = context.getState().run?.sort;
  if (sort === undefined) return;
  const by = runSorts[(runSorts.indexOf(sort.by) + 1) % runSorts.length]!;
  context.dispatch({ type: 'run/sort', sort: { by, isReversed: false } });
  notify(context, words(`run.sort.${by}`), 'status.active');
}

export function reverseSort(context: ConsoleContext) {
  const sort = context.getState().run?.sort;
  if (sort !== undefined)
    context.dispatch({ type: 'run/sort', sort: { ...sort, isReversed: !sort.isReversed } });
}
