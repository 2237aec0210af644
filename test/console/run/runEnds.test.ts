import { describe, expect, it } from 'vitest';
import { createRunEnds } from '../../../src/console/run/runEnds.ts';
import { reduceConsole } from '../../../src/console/state/reduceConsole.ts';
import { createStore } from '../../../src/console/state/store.ts';
import { alertSequence } from '../../../src/console/terminal/alert.ts';
import type { Run } from '../../../src/domain/model.ts';
import { emptyState, later, run, snapshot } from '../consoleFixture.ts';

function watched(...runs: Run[]) {
  const store = createStore(reduceConsole, emptyState());
  const ended: number[] = [];
  const ends = createRunEnds(store, ({ number }) => ended.push(number));
  store.subscribe(() => ends.follow());
  store.dispatch({ type: 'model/snapshot', snapshot: snapshot({ runs }) });
  const changed = (...put: Run[]) =>
    store.dispatch({
      type: 'model/events',
      at: later(9),
      events: [{ event: 'changed', seq: 2, changes: [{ collection: 'runs', put, removed: [] }] }],
    });
  return { store, ended, changed };
}
const over = { state: 'finished', finishedAt: later(9) } as const;

describe('the end of a run', () => {
  it('is told once, with how it went, whatever is on the screen', () => {
    const { store, ended, changed } = watched(run('r', { number: 7 }));
    changed(run('r', { number: 7, ...over, counts: { succeeded: 4, failed: 1 } }));
    changed(run('r', { number: 7, ...over, counts: { succeeded: 4, failed: 1 } }));
    expect(ended).toEqual([7]);
    expect(store.getState().ui.notice).toMatchObject({
      role: 'status.warning',
      content: { key: 'run.ended.unwell', params: { number: 7, succeeded: 4, failed: 1 } },
    });
  });

  it('is no news where the run was over before the console came', () => {
    const { ended, changed } = watched(run('old', over));
    changed(run('other', over));
    expect(ended).toEqual([]);
  });

  it('rings only where that was wished, and cannot be made to say more (B102)', () => {
    const text = 'done\u{7}\u{1B}]0;owned\u{7}';
    expect(alertSequence(undefined, text)).toBe('');
    expect(alertSequence('bell', text)).toBe('\u{7}');
    const osc = alertSequence('osc9', text);
    expect(osc.startsWith('\u{1B}]9;done')).toBe(true);
    expect(osc.slice(4, -2)).not.toMatch(/\p{Cc}/u);
  });
});
