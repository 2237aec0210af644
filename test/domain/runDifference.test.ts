import { describe, expect, it } from 'vitest';
import { runDifference } from '../../src/domain/runDifference.ts';
import { runDevice } from '../console/consoleFixture.ts';

describe('two runs of a task', () => {
  it('are told apart device by device; a device of one only is counted, not judged', () => {
    const before = [
      runDevice('a', { state: 'succeeded' }),
      runDevice('b', { state: 'failed' }),
      runDevice('c', { state: 'unreachable' }),
      runDevice('d', { state: 'skipped' }),
      runDevice('gone', { state: 'failed' }),
    ];
    const now = [
      runDevice('a', { state: 'notStarted' }),
      runDevice('b', { state: 'restartPending' }),
      runDevice('c', { state: 'cancelled' }),
      runDevice('d', { state: 'succeededWithWarning' }),
      runDevice('new', { state: 'failed' }),
    ];
    const found = runDifference(before, now);
    const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
    expect(names(found.newlyUnwell)).toEqual(['a']);
    expect(names(found.nowWell)).toEqual(['b']);
    expect(names(found.stillUnwell)).toEqual(['c']);
    expect([found.onlyNow, found.onlyBefore]).toEqual([1, 1]);
  });
});
