import { describe, expect, it } from 'vitest';
import { routeKey } from '../../../src/console/keys/route.ts';
import { fieldProblem } from '../../../src/console/state/formState.ts';
import { failure } from '../../../src/domain/failure.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import {
  account,
  device,
  fakeConsole,
  group,
  installationPackage,
  loadedState,
  reduced,
  run,
  task,
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
const formOf = (fake: Fake) => {
  const overlay = top(fake);
  if (overlay?.kind !== 'form') throw new Error('no form');
  return overlay.form;
};
const notice = ({ store }: Fake) => store.getState().ui.notice?.content;
const questionKeys = (fake: Fake) => {
  const overlay = top(fake);
  if (overlay?.kind !== 'confirm') throw new Error('no question');
  return overlay.lines.map(({ key }) => key);
};
/** The model hears of a change as from the server. */
const changed = (fake: Fake, changes: unknown) => {
  const seq = fake.store.getState().model.seq + 1;
  fake.store.dispatch({
    type: 'model/events',
    at: '2026-01-31T12:00:01.000Z',
    events: [{ event: 'changed', seq, changes } as never],
  });
};
const onTable = (
  node: string,
  collections: Parameters<typeof loadedState>[0],
  answers: Parameters<typeof fakeConsole>[1] = {},
) =>
  fakeConsole(
    reduced(
      loadedState(collections),
      { type: 'ui/node', node },
      { type: 'ui/set', change: { pane: 'table' } },
    ),
    answers,
  );

describe('a text field', () => {
  const everyKey = [
    ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).map((c) =>
      c === ' ' ? 'space' : c,
    ),
    ...[
      'left',
      'right',
      'home',
      'end',
      'backspace',
      'delete',
      'alt+left',
      'alt+right',
      'ctrl+left',
      'ctrl+right',
    ],
    ...['alt+b', 'alt+f', 'alt+d', 'alt+backspace'],
    ...[...'abefhduwk'].map((letter) => `ctrl+${letter}`),
  ];
  const places: readonly [string, (fake: Fake) => void][] = [
    ['of a form', (fake) => press(fake, 'n')],
    ['that holds a secret', (fake) => press(fake, 'n', ...Array(3).fill('tab'))],
    ['of the filter', (fake) => press(fake, '/')],
  ];

  it.each(places)('%s keeps every key that it handles', (_name, open) => {
    const fake = onTable('accounts', { accounts: [account('deploy')] });
    open(fake);
    const before = fake.store.getState();
    for (const key of everyKey) press(fake, key);
    const after = fake.store.getState();
    expect(fake.sent).toEqual([]);
    expect(fake.hasExited()).toBe(false);
    expect(after.wizard).toBeNull();
    expect(after.ui.overlays.map(({ kind }) => kind)).toEqual(before.ui.overlays.map(({ kind }) => kind));
    expect({ ...after.ui, overlays: [], tables: {} }).toEqual({ ...before.ui, overlays: [], tables: {} });
  });

  it('of a list to choose from narrows the list and keeps its keys too', () => {
    const fake = onTable('unassigned', { devices: [device('a')], groups: [group('g', 'Quito')] });
    press(fake, 'M', 'q');
    const pick = top(fake);
    expect(pick?.kind === 'pick' && pick.query.text).toBe('q');
    for (const key of everyKey) press(fake, key);
    expect(top(fake)?.kind).toBe('pick');
    expect(fake.sent).toEqual([]);
  });

  it('shows a secret for Ctrl+R only while it has the focus', () => {
    const fake = onTable('accounts', {});
    press(fake, 'n', 'tab', 'tab', 'tab', 's', 'ctrl+r');
    expect(formOf(fake)).toMatchObject({ focus: 'password', revealed: 'password' });
    press(fake, 'tab', 'shift+tab');
    expect(formOf(fake).revealed).toBeNull();
  });

  it('is checked when it is left, not before', () => {
    const fake = onTable('unassigned', {});
    press(fake, 'n');
    type(fake, '300.1.1.1');
    expect(formOf(fake).touched.has('address')).toBe(false);
    press(fake, 'tab');
    const form = formOf(fake);
    expect(form.touched.has('address')).toBe(true);
    expect(fieldProblem(form.fields[0]!, form.values)).toMatchObject({ code: 'input.invalid' });
  });
});

describe('moving', () => {
  const groups = [group('t', 'Tokyo'), group('w', 'Web', 't'), group('o', 'Osaka')];

  it('finds a group by what is typed, and u brings each device back to where it was', async () => {
    const devices = [device('a', { groupId: 'o' }), device('b', { groupId: 't' })];
    const fake = onTable('managed', { devices, groups });
    press(fake, 'a', 'M');
    type(fake, 'web');
    press(fake, 'enter');
    await settled();
    expect(fake.sent).toEqual([{ command: 'moveDevices', params: { ids: ['a', 'b'], groupId: 'w' } }]);
    changed(fake, [
      { collection: 'devices', put: devices.map((one) => ({ ...one, groupId: 'w' })), removed: [] },
    ]);
    press(fake, 'u');
    await settled();
    expect(fake.sent.slice(1)).toEqual([
      { command: 'moveDevices', params: { ids: ['a'], groupId: 'o' } },
      { command: 'moveDevices', params: { ids: ['b'], groupId: 't' } },
    ]);
    expect(notice(fake)).toEqual({
      key: 'changes.undone',
      inner: { what: { key: 'changes.what.devicesMoved', params: { count: 2 } } },
    });
    press(fake, 'u');
    expect(notice(fake)).toEqual({ key: 'changes.nothing' });
  });

  it('makes the group that was typed and is not there', async () => {
    const fake = onTable(
      'unassigned',
      { devices: [device('a')], groups },
      { addGroup: () => ok({ id: 'n' }) },
    );
    press(fake, 'M');
    type(fake, 'Tokyo/Mail');
    press(fake, 'enter');
    await settled();
    expect(fake.sent).toEqual([
      { command: 'addGroup', params: { path: 'Tokyo/Mail' } },
      { command: 'moveDevices', params: { ids: ['a'], groupId: 'n' } },
    ]);
  });

  it('puts a group anywhere but into itself', async () => {
    const fake = fakeConsole(reduced(loadedState({ groups }), { type: 'ui/node', node: 'group:t' }));
    press(fake, 'M');
    const pick = top(fake);
    expect(pick?.kind === 'pick' && pick.items.map(({ id }) => id)).toEqual(['', 'o']);
    press(fake, 'down', 'enter');
    await settled();
    expect(fake.sent).toEqual([{ command: 'moveGroup', params: { id: 't', parentId: 'o' } }]);
  });
});

describe('undo', () => {
  it('brings removed devices back with their places in tasks', async () => {
    const before = task('task', {
      targets: { kind: 'devices', deviceIds: ['b', 'a'] },
      attempts: { a: { count: 2, lastAttemptId: 'x' } },
    });
    const devices = [device('a'), device('b')];
    const fake = onTable('unassigned', { devices, tasks: [before] });
    press(fake, 'D');
    expect(questionKeys(fake)).toEqual([
      'console.confirm.removeDevice.what',
      'changes.confirm.targetsLost',
      'console.confirm.removeDevices.kept',
      'changes.confirm.undo',
    ]);
    press(fake, 'right', 'enter');
    await settled();
    press(fake, 'u');
    await settled();
    expect(fake.sent.at(-1)).toEqual({
      command: 'restoreDevices',
      params: {
        devices: [devices[0]],
        tasks: [{ id: 'task', deviceIds: ['b', 'a'], attempts: before.attempts }],
      },
    });
  });

  it('does not overwrite what somebody else has changed since', async () => {
    const before = device('a', { name: 'old' });
    const after = { ...before, name: 'new' };
    const fake = onTable('unassigned', { devices: [before] }, { updateDevice: () => ok({ device: after }) });
    const rename = async () => {
      press(fake, 'e', 'up', 'up', 'enter');
      await settled();
    };
    await rename();
    changed(fake, [{ collection: 'devices', put: [{ ...after, name: 'theirs' }], removed: [] }]);
    press(fake, 'u');
    expect(notice(fake)).toMatchObject({ inner: { why: { key: 'changes.why.changedSince' } } });
    expect(fake.sent).toHaveLength(1);
  });

  it('keeps the change while the line is cut, and says what cannot be taken back', async () => {
    let isCut = true;
    const fake = onTable(
      'tasks',
      { tasks: [task('one')] },
      {
        restoreTask: () =>
          isCut ? fail(failure('server.unreachable', {}, { isRetryable: true })) : ok({ task: task('one') }),
      },
    );
    press(fake, 'D', 'right', 'enter');
    await settled();
    press(fake, 'u');
    await settled();
    expect(notice(fake)).toMatchObject({ code: 'server.unreachable' });
    isCut = false;
    press(fake, 'u');
    await settled();
    expect(notice(fake)).toMatchObject({ key: 'changes.undone' });
  });
});

describe('removing what is used', () => {
  it('names the tasks, removes only the rest, and says that secrets do not come back', async () => {
    const settings = { ...task('x').settings, accountIds: ['used'] };
    const tasks = [1, 2, 3, 4].map((number) =>
      task(`t${number}`, { number, name: `Task ${number}`, settings }),
    );
    const fake = onTable('accounts', { accounts: [account('used'), account('free')], tasks });
    press(fake, 'a', 'D');
    const overlay = top(fake);
    expect(overlay?.kind === 'confirm' && overlay.lines[0]).toEqual({
      key: 'changes.usedBy',
      params: { name: 'used', count: 4, tasks: 'Task 1, Task 2, Task 3, …' },
    });
    expect(questionKeys(fake)).toEqual([
      'changes.usedBy',
      'changes.usedBy.stays',
      'console.confirm.removeAccount.what',
      'changes.confirm.final',
    ]);
    press(fake, 'right', 'enter');
    await settled();
    expect(fake.sent).toEqual([{ command: 'removeAccount', params: { id: 'free' } }]);
    press(fake, 'u');
    expect(notice(fake)).toMatchObject({ inner: { why: { key: 'changes.why.secretsDeleted' } } });
    expect(fake.sent).toHaveLength(1);
  });

  it('offers nothing but to close where everything is used', () => {
    const tasks = [task('t', { targets: { kind: 'group', groupId: 'w' } })];
    const groups = [group('t', 'Tokyo'), group('w', 'Web', 't')];
    const fake = fakeConsole(reduced(loadedState({ groups, tasks }), { type: 'ui/node', node: 'group:t' }));
    press(fake, 'D');
    const overlay = top(fake);
    expect(overlay?.kind === 'confirm' && overlay.buttons).toHaveLength(1);
    expect(questionKeys(fake)).toEqual(['changes.usedBy', 'changes.usedBy.stays']);
  });

  it('says how many subgroups and devices a group takes with it', () => {
    const groups = [group('t', 'Tokyo'), group('w', 'Web', 't')];
    const devices = [device('a', { groupId: 'w' }), device('b', { groupId: 't' })];
    const fake = fakeConsole(reduced(loadedState({ groups, devices }), { type: 'ui/node', node: 'group:t' }));
    press(fake, 'D');
    const overlay = top(fake);
    expect(overlay?.kind === 'confirm' && overlay.lines.slice(1, 3)).toEqual([
      { key: 'changes.confirm.subgroups', params: { count: 1 } },
      { key: 'changes.confirm.groupDevices', params: { count: 2 } },
    ]);
  });
});

describe('an account', () => {
  const settings = { ...task('x').settings, accountIds: ['deploy'] };
  const collections = {
    accounts: [account('deploy')],
    tasks: [task('task', { settings })],
    runs: [run('r', { taskId: 'task' })],
  };
  const renamed = { ...account('deploy'), name: 'deploy2' };

  it('says what a run under way uses, and is taken back unless a secret was overwritten', async () => {
    const fake = onTable('accounts', collections, { updateAccount: () => ok({ account: renamed }) });
    press(fake, 'e', 'end', '2');
    expect(formOf(fake).warnings).toEqual([{ key: 'changes.running.account', params: { count: 1 } }]);
    press(fake, 'up', 'up', 'enter');
    await settled();
    changed(fake, [{ collection: 'accounts', put: [renamed], removed: [] }]);
    press(fake, 'u');
    await settled();
    expect(fake.sent.at(-1)).toMatchObject({
      command: 'updateAccount',
      params: { name: 'deploy', password: null, becomePassword: null },
    });
    press(fake, 'e', 'tab', 'tab', 'tab');
    type(fake, 'secret');
    press(fake, 'tab', 'tab', 'enter');
    await settled();
    expect(fake.sent.at(-1)).toMatchObject({ params: { password: 'secret' } });
    press(fake, 'u');
    expect(notice(fake)).toMatchObject({ inner: { why: { key: 'changes.why.secretReplaced' } } });
    expect(JSON.stringify(fake.store.getState().ui.past)).not.toContain('secret"');
  });
});

it('a package keeps its settings but those that were changed, and u brings them back', async () => {
  const before = installationPackage('app', { command: 'make\nmake install', exitCodes: { '0': 'success' } });
  const after = { ...before, installTimeoutMs: 120 * 60_000 };
  const fake = onTable(
    'packages',
    { packages: [before] },
    { updateInstallationPackage: () => ok({ package: after }) },
  );
  press(fake, 'e', 'up', 'up', 'up', 'up', 'up', 'ctrl+u');
  type(fake, '120');
  press(fake, 'tab', 'tab', 'tab', 'enter');
  await settled();
  expect(fake.sent).toEqual([
    { command: 'updateInstallationPackage', params: { id: 'app', installTimeoutMs: 120 * 60_000 } },
  ]);
  changed(fake, [{ collection: 'packages', put: [after], removed: [] }]);
  press(fake, 'u');
  await settled();
  expect(fake.sent.at(-1)).toMatchObject({
    params: { id: 'app', command: 'make\nmake install', installTimeoutMs: 3_600_000 },
  });
});

it('Esc throws nothing away that was typed in a form without asking', () => {
  const fake = onTable('accounts', {});
  press(fake, 'n', 'tab', 'escape');
  expect(top(fake)).toBeUndefined();
  press(fake, 'n', 'x', 'escape', 'enter');
  expect(formOf(fake).values['name']).toBe('x');
  press(fake, 'escape', 'right', 'enter');
  expect(top(fake)).toBeUndefined();
});

it('Up brings earlier filters back, the newest first', () => {
  const fake = onTable('packages', { packages: [installationPackage('app'), installationPackage('tool')] });
  const filter = () => {
    const overlay = top(fake);
    return overlay?.kind === 'filter' ? overlay.value.text : null;
  };
  for (const text of ['app', 'tool']) {
    press(fake, '/', 'ctrl+u');
    type(fake, text);
    press(fake, 'enter');
  }
  press(fake, '/', 'ctrl+u', 'up');
  expect(filter()).toBe('tool');
  press(fake, 'up', 'up');
  expect(filter()).toBe('app');
  press(fake, 'ctrl+n', 'ctrl+n');
  expect(filter()).toBe('');
});

it('a paste into a form is text on one line and presses nothing', () => {
  const fake = onTable('accounts', {});
  press(fake, 'n');
  routeKey(fake.context, { chord: 'paste', text: 'q\r\nD\r' });
  expect(formOf(fake)).toMatchObject({ focus: 'name', values: { name: 'q D ' } });
  expect(fake.sent).toEqual([]);
});

describe('an import', () => {
  it('is taken back: the new devices go, the others become what they were', async () => {
    const old = device('old', { name: 'before', groupId: 'g' });
    const now = { ...old, name: 'after', groupId: null };
    const fresh = device('fresh');
    const fake = onTable(
      'unassigned',
      { devices: [old], groups: [group('g', 'Tokyo')] },
      { saveDevices: () => ok({ added: [fresh], updated: [now], refused: [] }) },
    );
    press(fake, 'I');
    type(fake, 'list.txt');
    press(fake, 'up', 'up', 'enter');
    for (let i = 0; i < 20 && top(fake)?.kind !== 'report'; i++) await settled();
    changed(fake, [{ collection: 'devices', put: [now, fresh], removed: [] }]);
    press(fake, 'escape', 'u');
    await settled();
    expect(fake.sent.slice(1)).toEqual([
      { command: 'removeDevices', params: { ids: ['fresh'] } },
      { command: 'updateDevice', params: { id: 'old', device: expect.objectContaining({ name: 'before' }) } },
      { command: 'moveDevices', params: { ids: ['old'], groupId: 'g' } },
    ]);
  });
});

it('host keys are added by reading them from the devices, after a question', async () => {
  const fake = onTable(
    'hostKeys',
    { devices: [device('a'), device('b')] },
    { scanHostKeys: () => ok({ keys: [] }) },
  );
  press(fake, 'n');
  expect(fake.sent).toEqual([]);
  press(fake, 'right', 'enter');
  await settled();
  expect(fake.sent).toEqual([{ command: 'scanHostKeys', params: { deviceIds: ['a', 'b'] } }]);
});
