import { describe, expect, it } from 'vitest';
import type { RunDevice } from '../../../src/domain/model.ts';
import type { ServerEvent } from '../../../src/protocol/events.ts';
import { later, loadedState, reduced, run, runDevice, snapshot } from '../consoleFixture.ts';

const row = (id: string, state: RunDevice['state'], seconds: number) =>
  runDevice(id, { state, timeline: [{ state, at: later(seconds) }] });
const changed = (...devices: RunDevice[]): ServerEvent => ({
  event: 'runDevicesChanged',
  runId: 'r',
  devices,
});
const events = (...list: ServerEvent[]) => ({
  type: 'model/events' as const,
  events: list,
  at: later(60),
});
const opened = () =>
  reduced(loadedState({ runs: [run('r')] }), { type: 'run/open', runId: 'r', at: later(0) });
const loaded = (...devices: RunDevice[]) => ({
  type: 'run/loaded' as const,
  runId: 'r',
  run: run('r'),
  devices,
});

describe('watching a run', () => {
  it('lets no older answer overwrite an event that was reduced before it', () => {
    const state = reduced(
      opened(),
      events(changed(row('a', 'failed', 9))),
      loaded(row('a', 'connecting', 5), row('b', 'waiting', 1)),
    );
    expect(state.run?.devices.get('a')?.state).toBe('failed');
    expect(state.run?.devices.get('b')?.state).toBe('waiting');
  });

  it('knows the end of a run that was told before an answer from before it', () => {
    const put = [run('r', { state: 'finished', finishedAt: later(9) })];
    const state = reduced(
      opened(),
      events({ event: 'changed', seq: 2, changes: [{ collection: 'runs', put, removed: [] }] }),
      loaded(row('a', 'failed', 5)),
    );
    expect(state.run?.run?.state).toBe('finished');
  });

  it('takes the answer where it is the newer one: after a new connection', () => {
    const state = reduced(
      opened(),
      loaded(row('a', 'installing', 5)),
      { type: 'run/rewatched' },
      events(changed(row('a', 'installing', 5))),
      loaded(row('a', 'succeeded', 8)),
    );
    expect(state.run?.devices.get('a')?.state).toBe('succeeded');
  });

  it('orders the devices by name, numbers as numbers, and keeps that order', () => {
    const state = reduced(
      opened(),
      loaded(row('web10', 'waiting', 1), row('web2', 'waiting', 1)),
      events(changed(row('web10', 'failed', 2))),
    );
    expect([...state.run!.devices.keys()]).toEqual(['web2', 'web10']);
  });

  it('takes new figures of a transfer without touching other rows', () => {
    const before = reduced(opened(), loaded(row('a', 'transferring', 1), row('b', 'waiting', 1)));
    const state = reduced(before, events({ event: 'runProgressed', runId: 'r', progress: [['a', 5, 10]] }));
    expect(state.run?.devices.get('a')).toMatchObject({ sentBytes: 5, totalBytes: 10 });
    expect(state.run?.devices.get('b')).toBe(before.run?.devices.get('b'));
  });

  it('adds up what arrived on the devices, an attempt that begins anew from zero', () => {
    const transferring = (attemptId: string, sentBytes: number) =>
      runDevice('a', { state: 'transferring', attemptId, sentBytes, totalBytes: 100 });
    const state = reduced(
      opened(),
      loaded(transferring('one', 40)),
      events(changed(transferring('one', 70)), {
        event: 'runProgressed',
        runId: 'r',
        progress: [['a', 90, 100]],
      }),
      events(changed(transferring('two', 5))),
    );
    expect(state.run?.throughput.bytes.reduce((sum, one) => sum + one, 0)).toBe(50 + 5);
  });

  it('ignores other runs', () => {
    const before = reduced(opened(), loaded(row('a', 'waiting', 1)));
    const other = reduced(
      before,
      events({ event: 'runDevicesChanged', runId: 'x', devices: [row('a', 'failed', 9)] }),
    );
    expect(other.run).toBe(before.run);
  });

  it('follows the run itself through changes and through a new snapshot', () => {
    const put = [run('r', { state: 'finished', finishedAt: later(9) })];
    const state = reduced(
      opened(),
      loaded(),
      events({ event: 'changed', seq: 2, changes: [{ collection: 'runs', put, removed: [] }] }),
    );
    expect(state.run?.run?.state).toBe('finished');
    const again = reduced(opened(), loaded(), {
      type: 'model/snapshot',
      snapshot: snapshot({ runs: [run('r', { state: 'cancelled' })] }, 9),
    });
    expect(again.run?.run?.state).toBe('cancelled');
  });
});
