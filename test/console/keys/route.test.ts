import { describe, expect, it } from 'vitest';
import { routeKey } from '../../../src/console/keys/route.ts';
import { selectRunDevices } from '../../../src/console/viewmodels/selectRun.ts';
import { selectTable } from '../../../src/console/viewmodels/selectTable.ts';
import type { RemoteInstallationTask } from '../../../src/domain/model.ts';
import { ok } from '../../../src/shared/result.ts';
import {
  device,
  fakeConsole,
  group,
  hostKey,
  installationPackage,
  loadedState,
  reduced,
  run,
  runDevice,
  task,
  time,
} from '../consoleFixture.ts';

type Fake = ReturnType<typeof fakeConsole>;
const press = ({ context }: Fake, ...chords: string[]) => {
  for (const chord of chords) {
    const text = [...chord].length === 1 ? chord : chord === 'space' ? ' ' : null;
    routeKey(context, { chord, text });
  }
};
const type = (fake: Fake, text: string) => press(fake, ...[...text].map((c) => (c === ' ' ? 'space' : c)));
const settled = () => new Promise((resolve) => setImmediate(resolve));
const top = ({ store }: Fake) => store.getState().ui.overlays.at(-1);

const packages = Array.from({ length: 30 }, (_, i) => installationPackage(`app${i}`));
const onPackages = () => {
  const fake = fakeConsole(loadedState({ packages }));
  press(fake, 'tab');
  return fake;
};
const cursorName = ({ store }: Fake) => {
  const view = selectTable(store.getState());
  return (view.rows[view.cursor] as { name: string } | undefined)?.name;
};

describe('moving in a table', () => {
  it('takes each key of a chunk on the state that the one before has left', () => {
    const fake = onPackages();
    press(fake, 'j', 'j', 'j');
    expect(cursorName(fake)).toBe('app3');
  });

  it('goes to the ends and by pages, and stays inside', () => {
    const fake = onPackages();
    press(fake, 'G');
    expect(cursorName(fake)).toBe('app29');
    press(fake, 'down');
    expect(cursorName(fake)).toBe('app29');
    press(fake, 'g', 'g', 'pagedown');
    expect(cursorName(fake)).toBe('app12');
    press(fake, 'pageup', 'pageup');
    expect(cursorName(fake)).toBe('app0');
  });

  it('keeps the cursor on its row when rows come and go above it', () => {
    const fake = onPackages();
    press(fake, 'j', 'j');
    fake.store.dispatch({
      type: 'model/events',
      at: '2026-01-31T12:00:01.000Z',
      events: [
        {
          event: 'changed',
          seq: 2,
          changes: [{ collection: 'packages', put: [installationPackage('aaa')], removed: ['app0'] }],
        },
      ],
    });
    expect(cursorName(fake)).toBe('app2');
    fake.store.dispatch({
      type: 'model/events',
      at: '2026-01-31T12:00:02.000Z',
      events: [
        { event: 'changed', seq: 3, changes: [{ collection: 'packages', put: [], removed: ['app2'] }] },
      ],
    });
    expect(cursorName(fake)).toBe('app3');
  });
});

describe('marks', () => {
  const marks = ({ store }: Fake) => [...selectTable(store.getState()).table.marks].sort();

  it('mark one, a range, all of the filter, and none again', () => {
    const fake = onPackages();
    press(fake, 'space', 'j', 'v');
    expect(marks(fake)).toEqual(['app0', 'app1', 'app2']);
    press(fake, 'escape');
    expect(marks(fake)).toEqual([]);
    press(fake, '/');
    type(fake, 'app2');
    press(fake, 'enter', 'a');
    expect(marks(fake)).toEqual(['app2', ...Array.from({ length: 10 }, (_, i) => `app2${i}`)].sort());
    press(fake, '*');
    expect(marks(fake)).toEqual([]);
  });
});

describe('the filter', () => {
  it('follows each key, takes letters that are commands elsewhere, and is dropped by Esc', () => {
    const fake = onPackages();
    press(fake, '/');
    type(fake, 'q');
    expect(fake.hasExited()).toBe(false);
    expect(selectTable(fake.store.getState()).rows).toHaveLength(0);
    press(fake, 'backspace');
    type(fake, 'app 17');
    expect(selectTable(fake.store.getState()).rows.map(({ id }) => id)).toEqual(['app17']);
    press(fake, 'escape');
    expect(selectTable(fake.store.getState()).rows).toHaveLength(30);
    expect(top(fake)).toBeUndefined();
  });
});

describe('a question', () => {
  it('has the focus on the safe answer and does nothing without the other', async () => {
    const fake = onPackages();
    press(fake, 'D');
    expect(top(fake)?.kind).toBe('confirm');
    press(fake, 'enter');
    await settled();
    expect(fake.sent).toEqual([]);
    press(fake, 'D', 'right', 'enter');
    await settled();
    expect(fake.sent).toEqual([{ command: 'removeInstallationPackage', params: { id: 'app0' } }]);
  });

  it('says how many before it forgets keys, and asks the server once for all', async () => {
    const hostKeys = [hostKey('x', 'pending'), hostKey('y', 'changed')];
    const fake = fakeConsole(
      reduced(
        loadedState({ hostKeys }),
        { type: 'ui/node', node: 'hostKeys' },
        { type: 'ui/set', change: { pane: 'table' } },
      ),
    );
    press(fake, 'a', 't');
    const overlay = top(fake);
    expect(overlay?.kind === 'form' && overlay.form.warnings.map(({ key }) => key)).toContain(
      'console.confirm.trustHostKeys.changed',
    );
    press(fake, 'enter', 'enter');
    await settled();
    expect(fake.sent).toEqual([]);
    type(fake, '192.0.2.1');
    press(fake, 'enter', 'enter');
    await settled();
    expect(top(fake)).toBeUndefined();
    expect(fake.sent).toEqual([{ command: 'trustHostKeys', params: { ids: ['y', 'x'] } }]);
  });
});

describe('what cannot be done now', () => {
  it('is said with its reason and does nothing', () => {
    const fake = onPackages();
    press(fake, 'c');
    expect(fake.store.getState().ui.notice?.content).toEqual({ key: 'console.why.notHere' });
    press(fake, 'j');
    expect(fake.store.getState().ui.notice).toBeNull();
  });

  it('is offered in the menu, but not done', () => {
    const fake = fakeConsole(loadedState());
    press(fake, 'tab', 'm', 'enter');
    expect(top(fake)?.kind).toBe('menu');
    expect(fake.store.getState().ui.notice?.content).toEqual({ key: 'console.why.noRow' });
  });
});

describe('the wizard', () => {
  it('is started from a package by its menu (B9)', () => {
    const fake = onPackages();
    press(fake, 'j', 'm', 'enter');
    expect(fake.store.getState().wizard?.start).toEqual({ kind: 'package', packageId: 'app1' });
  });

  it('is started from a group of the tree (B61)', () => {
    const groups = [group('g', 'Tokyo')];
    const fake = fakeConsole(reduced(loadedState({ groups }), { type: 'ui/node', node: 'group:g' }));
    press(fake, 'm', 'enter');
    expect(fake.store.getState().wizard?.start).toEqual({ kind: 'group', groupId: 'g' });
  });

  it('is started with the marked devices', () => {
    const devices = [device('a'), device('b'), device('c')];
    const fake = fakeConsole(
      reduced(
        loadedState({ devices }),
        { type: 'ui/node', node: 'unassigned' },
        { type: 'ui/set', change: { pane: 'table' } },
      ),
    );
    press(fake, 'space', 'space', 'i');
    expect([...(fake.store.getState().wizard?.markedDeviceIds ?? [])]).toEqual(['a', 'b']);
  });
});

describe('a form', () => {
  it('takes letters, shows what the file says, and sends what was typed', async () => {
    const seen = {
      format: 'deb',
      name: 'app',
      version: '2.0',
      platform: 'linux',
      architecture: 'all',
      dependencies: [],
      needsCommand: false,
      detection: { kind: 'dpkg', name: 'app', version: '2.0' },
      exitCodes: { '0': 'success' },
      sizeBytes: 10,
    };
    const fake = fakeConsole(loadedState(), {
      inspectDistributionPackage: () => ok(seen),
      addInstallationPackage: () => ok({ package: installationPackage('app'), isReused: false }),
    });
    press(fake, 'n');
    type(fake, 'q.deb');
    press(fake, 'tab');
    await settled();
    const form = top(fake);
    expect(form?.kind === 'form' && form.form.values).toMatchObject({
      name: 'app',
      version: '2.0',
      detection: 'dpkg:app=2.0',
      exitCodes: '0=success',
    });
    press(fake, 'up', 'up', 'up', 'up', 'up', 'up', 'up');
    type(fake, ',75=retyr');
    press(fake, 'down');
    type(fake, '０');
    press(fake, 'down', 'down', 'down', 'enter');
    const refused = top(fake);
    expect(refused?.kind === 'form' && refused.form).toMatchObject({
      focus: 'exitCodes',
      problem: { code: 'input.invalid', params: { expected: 'exitCodes' } },
    });
    press(fake, 'backspace', 'backspace');
    type(fake, 'ry');
    press(fake, 'tab', 'backspace');
    type(fake, '９0');
    press(fake, 'tab', 'tab', 'tab', 'enter');
    await settled();
    expect(fake.sent.at(-1)).toEqual({
      command: 'addInstallationPackage',
      params: {
        path: '/home/admin/q.deb',
        name: 'app',
        version: '2.0',
        exitCodes: { '0': 'success', '75': 'retryLater' },
        installTimeoutMs: 90 * 60_000,
      },
    });
    expect(top(fake)).toBeUndefined();
  });

  it('stays open with the problem at its field', async () => {
    const fake = fakeConsole(loadedState());
    press(fake, 'n', 'up', 'up', 'enter');
    await settled();
    const overlay = top(fake);
    expect(overlay?.kind === 'form' && overlay.form).toMatchObject({
      focus: 'path',
      problem: { key: 'console.form.required' },
      isBusy: false,
    });
  });

  it('imports a list and says what was refused, by line', async () => {
    const fake = fakeConsole(reduced(loadedState(), { type: 'ui/node', node: 'unassigned' }), {
      saveDevices: () => ok({ added: [device('a')], updated: [], refused: [] }),
    });
    press(fake, 'tab', 'I');
    type(fake, 'list.txt');
    press(fake, 'up', 'up', 'enter');
    for (let i = 0; i < 20 && top(fake)?.kind !== 'report'; i++) await settled();
    const report = top(fake);
    expect(report?.kind === 'report' && report.lines).toHaveLength(2);
    expect(fake.sent.at(-1)).toMatchObject({
      command: 'saveDevices',
      params: { devices: [{ address: '192.0.2.5', groupPath: null }] },
    });
  });
});

describe('a run', () => {
  const devices = [
    runDevice('a', { state: 'failed' }),
    runDevice('b', { state: 'installing' }),
    runDevice('c', { state: 'waiting' }),
  ];
  const onRun = (state: 'running' | 'finished', change: Partial<RemoteInstallationTask> = {}) => {
    const finishedAt = state === 'finished' ? time : null;
    const theRun = run('r', { state, finishedAt, counts: { failed: 1 }, deviceCount: 3 });
    const theTask = task('task', change);
    const known = { runs: [theRun], tasks: [theTask], devices: ['a', 'b', 'c'].map((id) => device(id)) };
    const fake = fakeConsole(loadedState(known), {
      retryRun: () => ok({ run: run('r2') }),
      updateTask: () => ok({ task: theTask }),
    });
    fake.store.dispatch({ type: 'run/open', runId: 'r', at: time });
    fake.store.dispatch({ type: 'run/loaded', runId: 'r', run: theRun, devices });
    return fake;
  };

  it('cancels exactly the marked devices that still work, and asks about installers that run (B87)', async () => {
    const fake = onRun('running');
    press(fake, 'a', 'x', 'enter');
    const overlay = top(fake);
    if (overlay?.kind !== 'confirm') throw new Error('no question');
    expect(overlay.lines.map(({ key, params }) => [key, params?.['count']])).toEqual([
      ['run.cancel.marked', 2],
      ['run.cancel.waiting', 1],
      ['run.cancel.installing', 1],
      ['run.cancel.killWarning', undefined],
    ]);
    press(fake, 'right', 'enter');
    await settled();
    expect(fake.sent).toEqual([
      { command: 'cancelRun', params: { runId: 'r', deviceIds: ['b', 'c'], installers: 'leave' } },
    ]);
  });

  it('ends the installers of the whole run only when that is chosen', async () => {
    const fake = onRun('running');
    press(fake, 'x', 'right', 'right', 'enter');
    await settled();
    expect(fake.sent).toEqual([
      { command: 'cancelRun', params: { runId: 'r', deviceIds: null, installers: 'kill' } },
    ]);
  });

  it('retries exactly one set, says how many before, and opens the new run (B88)', async () => {
    const fake = onRun('finished');
    press(fake, 'r', 'down', 'enter');
    const overlay = top(fake);
    expect(overlay?.kind === 'confirm' && overlay.lines.slice(0, 2)).toMatchObject([
      { key: 'run.retry.exactly', params: { count: 1 } },
      { key: 'run.retry.names', params: { names: 'a' } },
    ]);
    expect(fake.sent).toEqual([]);
    press(fake, 'right', 'enter');
    await settled();
    expect(fake.sent).toEqual([
      { command: 'retryRun', params: { runId: 'r', sets: ['failed'], deviceIds: [] } },
    ]);
    expect(fake.store.getState().run?.runId).toBe('r2');
  });

  it('offers to raise the number where it is used up, then tries exactly those again (B30)', async () => {
    const spent = { a: { count: 3, lastAttemptId: 'attempt-0' } };
    const fake = onRun('finished', { attempts: spent });
    press(fake, 'r', 'down', 'enter');
    const overlay = top(fake);
    if (overlay?.kind !== 'confirm') throw new Error('no question');
    expect(overlay.lines.at(-1)).toMatchObject({ key: 'run.retry.spent', params: { count: 1, limit: 3 } });
    expect(overlay.buttons.map(({ label }) => label.key).slice(1)).toEqual(['run.retry.raise']);
    press(fake, 'escape', '+', 'enter', 'enter');
    await settled();
    await settled();
    expect(fake.sent).toEqual([
      { command: 'updateTask', params: { id: 'task', settings: { attemptsLimit: 4 } } },
    ]);
    expect(top(fake)).toMatchObject({ kind: 'confirm', title: { key: 'run.retry.title' } });
  });

  it('goes from the devices to a log and back out', () => {
    const fake = onRun('running');
    press(fake, 'j', 'enter');
    expect(fake.store.getState().run).toMatchObject({ view: 'device', log: { deviceId: 'b' } });
    press(fake, 'J');
    expect(fake.store.getState().run?.log?.deviceId).toBe('c');
    press(fake, 'escape');
    expect(selectRunDevices(fake.store.getState()).cursor).toBe(2);
    press(fake, 'escape');
    expect(fake.store.getState()).toMatchObject({ run: null, ui: { screen: 'console' } });
  });
});

describe('a paste', () => {
  it('is text for a field and never a command', () => {
    const fake = onPackages();
    routeKey(fake.context, { chord: 'paste', text: 'q\rD\r' });
    expect(fake.hasExited()).toBe(false);
    expect(top(fake)).toBeUndefined();
    press(fake, '/');
    routeKey(fake.context, { chord: 'paste', text: 'app1\n' });
    expect(selectTable(fake.store.getState()).table.filter).toBe('app1');
  });
});
