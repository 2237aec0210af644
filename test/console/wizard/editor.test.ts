import { describe, expect, it } from 'vitest';
import { createWizard } from '../../../src/console/wizard/createWizard.ts';
import type { WizardBase } from '../../../src/console/wizard/wizardState.ts';
import { failure } from '../../../src/domain/failure.ts';
import type { RemoteInstallationTask, Run } from '../../../src/domain/model.ts';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import { fail } from '../../../src/shared/result.ts';
import { contextOf, idOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const [deploy, root] = [idOf('acc', 1), idOf('acc', 2)];
const task = (more: Partial<RemoteInstallationTask> = {}): RemoteInstallationTask => ({
  id: idOf('task', 1),
  number: 7,
  name: 'Monday',
  packageId: idOf('pkg', 1),
  targets: { kind: 'devices', deviceIds: [idOf('dev', 5), idOf('dev', 1)] },
  settings: {
    ...defaultTaskSettings('Please save'),
    bandwidthBytesPerSecond: 500_000,
    accountIds: [root, deploy],
    hostKeyPolicy: 'acceptNew',
  },
  attempts: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'admin',
  ...more,
});

function open(use: WizardBase['use'], one = task(), runs: readonly Run[] = []) {
  const model = {
    ...smallFleet(),
    tasks: new Map([[one.id, one]]),
    runs: new Map(runs.map((run) => [run.id, run])),
  };
  const context = contextOf(model);
  const { targets } = one;
  const start = targets.kind === 'group' ? targets : ({ kind: 'nothing' } as const);
  const order = { id: 1, start, language: 'en', base: { use, task: one } } as const;
  const markedDeviceIds = targets.kind === 'devices' ? targets.deviceIds : [];
  const driver = new WizardDriver(context, start);
  return driver.send({ type: 'open', wizard: createWizard({ ...order, markedDeviceIds }, context) });
}
const saved = (driver: WizardDriver) => {
  const effect = driver.takeEffect();
  return effect?.kind === 'saveTask' ? effect.edit.params : effect;
};
const id = idOf('task', 1);

describe('the editor of a task', () => {
  it('begins with the task as a whole, and closes without a question while nothing was changed', () => {
    const driver = open('edit');
    expect(driver.screen(78, 30)).toMatch(
      /Window 1 of 6 {2}The task[\s\S]*Monday[\s\S]*1\. root; 2\. deploy/,
    );
    expect(driver.screen()).toContain('[ Next ]  [ Save ]  [ Cancel ]');
    driver.keys('escape');
    expect(saved(driver)).toEqual({ kind: 'close', submitted: null });
  });

  it('sends what was changed and nothing else, from any window', () => {
    const driver = open('edit').keys('ctrl+u').type('Tuesday');
    driver.keys('ctrl+n', 'ctrl+n').focus('attemptsLimit').keys('ctrl+u', '5', 'ctrl+s');
    expect(saved(driver)).toEqual({ id, name: 'Tuesday', settings: { attemptsLimit: 5 } });
  });

  it('changes targets and the order of accounts', () => {
    const driver = open('edit').keys('ctrl+n').focus('deviceTree').type('web04').keys('space', 'ctrl+s');
    expect(saved(driver)).toEqual({
      id,
      targets: { kind: 'devices', deviceIds: [idOf('dev', 5), idOf('dev', 1), idOf('dev', 4)] },
    });
    const other = open('edit')
      .keys(...Array(5).fill('ctrl+n'))
      .focus('accounts')
      .keys('alt+down', 'ctrl+s');
    expect(saved(other)).toEqual({ id, settings: { accountIds: [deploy, root] } });
  });

  it('gives the task of a group another group', () => {
    const driver = open('edit', task({ targets: { kind: 'group', groupId: idOf('grp', 2) } }));
    driver.keys('ctrl+n').focus('targetGroup').keys('up', 'space', 'ctrl+s');
    expect(saved(driver)).toEqual({ id, targets: { kind: 'group', groupId: idOf('grp', 1) } });
  });

  it('shows the window that is not in order instead of saving', () => {
    const driver = open('edit').keys('ctrl+n', 'ctrl+n').focus('concurrency').keys('ctrl+u');
    driver.keys('shift+tab').send({ type: 'key', event: { chord: 'ctrl+p', text: null } });
    expect(driver.open.step).toBe('devices');
    driver.keys('ctrl+s');
    expect(driver.open).toMatchObject({ step: 'settings', focus: 'concurrency', effect: null });
    driver.keys('escape');
    expect(driver.open.leaving).toBe('stay');
    expect(driver.open.effect).toBeNull();
  });

  it('shows at the name that it is taken, with the rest as it was', () => {
    const driver = open('edit').keys('x', 'ctrl+n', 'ctrl+s');
    expect(saved(driver)).toEqual({ id, name: 'Mondayx' });
    const outcome = fail(failure('input.nameTaken', { kind: 'task', name: 'Mondayx' }));
    driver.send({ type: 'taskSaved', wizardId: 1, outcome });
    expect(driver.open).toMatchObject({ step: 'start', focus: 'taskName', busy: null });
    expect(driver.screen()).toContain('Another task is called "Mondayx".');
  });

  it('says from when a change holds while the task runs', () => {
    const run = { id: idOf('run', 1), taskId: id, finishedAt: null } as Run;
    expect(open('edit', task(), [run]).screen()).toContain('This task runs now.');
    expect(open('edit').screen()).not.toContain('This task runs now.');
  });
});

describe('a copy of a task', () => {
  it('is a new task with the same settings, under the next free name, not started', () => {
    const driver = open('copy').keys(...Array(6).fill('ctrl+n'), 'ctrl+n');
    const effect = driver.takeEffect();
    if (effect?.kind !== 'submit') throw new Error('nothing was submitted');
    expect(effect.plan).toMatchObject({
      package: { kind: 'existing', packageId: idOf('pkg', 1) },
      targets: { kind: 'devices', deviceIds: [idOf('dev', 5), idOf('dev', 1)] },
      task: { name: 'Monday (2)', settings: task().settings },
      isStarted: false,
    });
  });

  it('is named after the package that is chosen for it, as its original was', () => {
    const driver = open('copy', task({ name: 'Installation of nginx' }));
    driver.focus('packages').keys('down', 'space', ...Array(6).fill('ctrl+n'));
    expect(driver.screen()).toContain('Installation of vim');
  });
});

it('a secret of the account form is shown for Ctrl+R while it has the focus', () => {
  const driver = open('edit')
    .keys(...Array(5).fill('ctrl+n'))
    .focus('addAccount')
    .keys('enter');
  driver.focus('accountPassword').type('pass word');
  expect(driver.screen()).not.toContain('pass word');
  driver.keys('ctrl+r');
  expect(driver.screen()).toContain('pass word');
  driver.keys('down');
  expect(driver.screen()).not.toContain('pass word');
});
