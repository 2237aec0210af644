import { describe, expect, it } from 'vitest';
import type { ConsoleContext } from '../../../src/console/consoleContext.ts';
import { submitWizard } from '../../../src/console/wizard/submitWizard.ts';
import type { SubmitPlan } from '../../../src/console/wizard/wizardEffect.ts';
import { type Failure, failure, type Outcome } from '../../../src/domain/failure.ts';
import type { Model, RemoteInstallationTask, Run } from '../../../src/domain/model.ts';
import { contextOf, idOf, smallFleet, WizardDriver } from './wizardFixture.ts';

/** Stands for the server where its answers must get lost at an exact point; what it stores is real data. */
class FakeServer {
  readonly sent: string[] = [];
  model: Model = smallFleet();
  /** By command: how often it fails, before or after it was done. */
  readonly refusals = new Map<string, Failure>();
  readonly lostAnswers = new Set<string>();
  #number = 0;

  readonly context = {
    getState: () => ({ model: { collections: this.model } }),
    send: async (command: string, params: Record<string, unknown>): Promise<Outcome<unknown>> => {
      this.sent.push(command);
      const refusal = this.refusals.get(command);
      if (refusal !== undefined) {
        this.refusals.delete(command);
        return { ok: false, failure: refusal };
      }
      const value = this.#perform(command, params);
      if (this.lostAnswers.delete(command)) return { ok: false, failure: failure('server.unreachable') };
      return { ok: true, value };
    },
  } as unknown as ConsoleContext;

  #perform(command: string, params: Record<string, unknown>): unknown {
    this.#number += 1;
    if (command === 'createTask') {
      const task = { id: idOf('tsk', this.#number), ...params } as unknown as RemoteInstallationTask;
      this.model = { ...this.model, tasks: new Map([...this.model.tasks, [task.id, task]]) };
      return { task };
    }
    if (command === 'removeTask') {
      const tasks = new Map(this.model.tasks);
      tasks.delete(String(params['id']));
      this.model = { ...this.model, tasks };
      return {};
    }
    if (command === 'startRemoteInstallationTask') {
      const run = { id: idOf('run', this.#number), taskId: params['taskId'] } as Run;
      this.model = { ...this.model, runs: new Map([...this.model.runs, [run.id, run]]) };
      return { run };
    }
    if (command === 'saveDevices') {
      return { added: [{ id: idOf('dev', 90) }], updated: [{ id: idOf('dev', 91) }], refused: [] };
    }
    if (command === 'addInstallationPackage') return { package: { id: idOf('pkg', 9) }, isReused: false };
    throw new Error(`unexpected command ${command}`);
  }
}

/** The wizard in its last window, ready for the last Next. */
function ready(server: FakeServer): WizardDriver {
  const wizard = new WizardDriver(contextOf(server.model), { kind: 'package', packageId: idOf('pkg', 1) });
  wizard.keys('end', 'space', 'enter', 'enter', 'enter', 'enter').keys('space');
  return wizard.focus('hostKeyPolicy.strict').keys('space', 'ctrl+n').focus('next');
}

/** Presses Next and does what it asks for, as the console does. */
async function press(wizard: WizardDriver, server: FakeServer, change = (plan: SubmitPlan) => plan) {
  wizard.context = contextOf(server.model);
  wizard.keys('enter');
  const effect = wizard.takeEffect();
  if (effect?.kind !== 'submit') throw new Error('nothing was submitted');
  const outcome = await submitWizard(server.context, change(effect.plan), (report) =>
    wizard.send({ ...report, wizardId: 1 }),
  );
  wizard.context = contextOf(server.model);
  wizard.send({ type: 'submitted', wizardId: 1, outcome });
  return outcome;
}

describe('the last Next (B56)', () => {
  it('takes two presses from the window itself: Enter only goes to Next first', () => {
    const wizard = ready(new FakeServer()).focus('taskName').keys('enter');
    expect(wizard.open.focus).toBe('next');
    expect(wizard.takeEffect()).toBeNull();
  });

  it('sums up a number that was typed full-width as the number it means', () => {
    const wizard = ready(new FakeServer()).keys('ctrl+p', 'ctrl+p', 'ctrl+p', 'ctrl+p');
    wizard.focus('attemptsLimit').keys('ctrl+u').type('１２').keys('ctrl+n', 'ctrl+n', 'ctrl+n', 'ctrl+n');
    expect(wizard.open.step).toBe('start');
    expect(wizard.screen(78, 40)).toContain('at most 12 a device');
  });

  it('creates the task and starts it', async () => {
    const server = new FakeServer();
    const wizard = ready(server);
    await press(wizard, server);
    expect(server.sent).toEqual(['createTask', 'startRemoteInstallationTask']);
    const [task] = [...server.model.tasks.values()];
    expect(task).toMatchObject({
      name: 'Installation of nginx',
      packageId: idOf('pkg', 1),
      targets: { kind: 'devices', deviceIds: [idOf('dev', 5)] },
      settings: { attemptsLimit: 3, accountIds: [idOf('acc', 1)], bandwidthBytesPerSecond: null },
    });
    expect(wizard.takeEffect()).toEqual({
      kind: 'close',
      submitted: { taskId: task!.id, taskName: task!.name, runId: [...server.model.runs.keys()][0] },
    });
  });

  it('only creates it when it is not to run (B57)', async () => {
    const server = new FakeServer();
    const wizard = ready(server).focus('doNotRun').keys('space').focus('next');
    await press(wizard, server);
    expect(server.sent).toEqual(['createTask']);
    expect(wizard.takeEffect()).toMatchObject({ submitted: { runId: null } });
  });

  it('makes package and devices first where they are new (B64)', async () => {
    const server = new FakeServer();
    await press(ready(server), server, (plan) => ({
      ...plan,
      package: { kind: 'file', params: { path: '/a.deb' } },
      newDevices: [
        {
          name: 'x',
          address: 'x',
          port: null,
          user: null,
          platform: 'linux',
          jumpHost: null,
          groupPath: null,
        },
      ],
    }));
    expect(server.sent).toEqual([
      'addInstallationPackage',
      'saveDevices',
      'createTask',
      'startRemoteInstallationTask',
    ]);
    expect([...server.model.tasks.values()][0]).toMatchObject({
      packageId: idOf('pkg', 9),
      targets: { deviceIds: [idOf('dev', 5), idOf('dev', 90), idOf('dev', 91)] },
    });
  });
});

describe('a failure on the way', () => {
  it('is shown in place, loses nothing, and pressing again makes nothing twice', async () => {
    const server = new FakeServer();
    server.refusals.set('startRemoteInstallationTask', failure('server.internal'));
    const wizard = ready(server);
    await press(wizard, server);
    expect(wizard.open.submission.failure?.code).toBe('server.internal');
    expect(wizard.screen()).toContain('Press Next to try again');
    expect(wizard.open.focus).toBe('next');
    await press(wizard, server);
    expect(server.sent.filter((command) => command === 'createTask')).toHaveLength(1);
    expect(server.model.runs.size).toBe(1);
    expect(wizard.takeEffect()).toMatchObject({ kind: 'close' });
  });

  it('takes up the task whose answer was lost', async () => {
    const server = new FakeServer();
    server.lostAnswers.add('createTask');
    const wizard = ready(server);
    await press(wizard, server);
    await press(wizard, server);
    expect(server.model.tasks.size).toBe(1);
    expect(server.model.runs.size).toBe(1);
  });

  it('takes up the run whose answer was lost', async () => {
    const server = new FakeServer();
    server.lostAnswers.add('startRemoteInstallationTask');
    const wizard = ready(server);
    await press(wizard, server);
    const outcome = await press(wizard, server);
    expect(server.model.runs.size).toBe(1);
    expect(outcome).toMatchObject({ ok: true, value: { runId: [...server.model.runs.keys()][0] } });
  });

  it('makes the task anew when an option was changed in between', async () => {
    const server = new FakeServer();
    server.refusals.set('startRemoteInstallationTask', failure('server.internal'));
    const wizard = ready(server);
    await press(wizard, server);
    wizard.focus('taskName').keys('ctrl+u').type('Other').focus('next');
    await press(wizard, server);
    expect([...server.model.tasks.values()].map(({ name }) => name)).toEqual(['Other']);
    expect(server.model.runs.size).toBe(1);
  });

  it('takes no other keys than leaving while it is under way', () => {
    const wizard = ready(new FakeServer()).keys('enter');
    wizard.keys('ctrl+p');
    expect(wizard.open.step).toBe('start');
    wizard.focus('doNotRun').keys('space');
    expect(wizard.open.values.doNotRun).toBe(false);
    wizard.keys('enter', 'ctrl+n');
    expect(wizard.takeEffect()?.kind).toBe('submit');
    expect(wizard.keys('escape').open.leaving).toBe('stay');
  });
});

describe('the task name (B59)', () => {
  it('gets a number when it is taken', () => {
    const model = smallFleet();
    const task = {
      id: idOf('tsk', 1),
      number: 1,
      name: 'Installation of nginx',
      settings: { accountIds: [] },
    };
    const tasks = new Map([[task.id, task as unknown as RemoteInstallationTask]]);
    const server = new FakeServer();
    server.model = { ...model, tasks };
    expect(ready(server).focus('taskName').screen()).toContain('Installation of nginx (2)');
  });

  it.each(['', 'a|b', 'x'.repeat(101)])('refuses %j', (name) => {
    const wizard = ready(new FakeServer()).focus('taskName').keys('ctrl+u').type(name).focus('next');
    wizard.keys('enter');
    expect(wizard.open.problems.map(({ field }) => field)).toEqual(['taskName']);
    expect(wizard.takeEffect()).toBeNull();
  });
});
