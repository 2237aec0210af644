import { describe, expect, it } from 'vitest';
import { foldCauses } from '../../../src/console/viewmodels/runCauses.ts';
import { failure } from '../../../src/domain/failure.ts';
import { runDevice } from '../consoleFixture.ts';

describe('failures by cause', () => {
  it('fold devices with the same code, most frequent first; exit codes apart', () => {
    const full = failure('check.diskFull', { freeBytes: 1 });
    const exit = (exitCode: number) => failure('installer.exitCode', { exitCode });
    const devices = [
      runDevice('a', { state: 'failed', failure: exit(1) }),
      runDevice('b', { state: 'failed', failure: full }),
      runDevice('c', { state: 'failed', failure: { ...full, params: { freeBytes: 2 } } }),
      runDevice('d', { state: 'failed', failure: exit(2) }),
      runDevice('e', { state: 'succeededWithWarning', failure: failure('package.presentAfterTimeout') }),
      runDevice('f', { state: 'succeeded' }),
    ];
    expect(foldCauses(devices).map(({ id, count }) => [id, count])).toEqual([
      ['check.diskFull', 2],
      ['installer.exitCode=1', 1],
      ['installer.exitCode=2', 1],
    ]);
  });

  it('say what differs from device to device with an ellipsis, and put what was skipped last', () => {
    const skipped = failure('check.alreadyInstalled', { version: '1' });
    const full = (freeBytes: number) => failure('check.diskFull', { freeBytes, neededBytes: 9 });
    const devices = [
      ...['a', 'b', 'c'].map((id) => runDevice(id, { state: 'skipped', failure: skipped })),
      runDevice('d', { state: 'failed', failure: full(1) }),
      runDevice('e', { state: 'failed', failure: full(2) }),
    ];
    const [first, second] = foldCauses(devices);
    expect(first).toMatchObject({ count: 2, failure: { params: { freeBytes: '…', neededBytes: 9 } } });
    expect(second).toMatchObject({ count: 3, state: 'skipped' });
  });
});
