import type { ConsoleContext } from '../consoleContext.ts';
import { liveRuns } from '../state/tree.ts';
import { words } from '../state/words.ts';
import { notify } from './ask.ts';

/** The next (or previous) run that is under way, in a circle. */
export function stepRun(context: ConsoleContext, step: 1 | -1) {
  const state = context.getState();
  const live = liveRuns(state.model.collections.runs);
  const shown = state.run?.runId;
  const others = live.filter(({ id }) => id !== shown);
  if (others.length === 0) return notify(context, words('run.noOther'), 'status.active');
  const number = state.run?.run?.number ?? 0;
  const next =
    step === 1
      ? (others.find((one) => one.number > number) ?? others[0]!)
      : (others.findLast((one) => one.number < number) ?? others.at(-1)!);
  context.openRun(next.id);
}
