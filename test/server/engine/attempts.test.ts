import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/domain/failure.ts';
import { type FakeAttempt, type FakeScript, succeed } from '../fakeDeliveryWorkers.ts';
import { deviceId, EngineWorld } from './engineWorld.ts';

const failsWith =
  (code: Parameters<typeof failure>[0], exitCode: number | null = 1): FakeScript =>
  (attempt) =>
    attempt.go('checking', 'transferring', 'installing', {
      state: 'failed',
      failure: failure(code, {}, { stage: 'install' }),
      exitCode,
    });

describe('one run', () => {
  it('goes through the states, journalled before told', async () => {
    const world = await EngineWorld.make();
    const devices = await world.addDevices(3);
    const { run, rows } = await world.runToEnd(await world.addTask(devices));
    expect(run.state).toBe('finished');
    expect(run.counts).toEqual({ succeeded: 3 });
    expect(rows.map((row) => row.deviceId)).toEqual(devices.map((device) => device.id));
    expect(rows[0]?.timeline.map((step) => step.state)).toEqual([
      'connecting',
      'checking',
      'transferring',
      'installing',
      'verifying',
      'succeeded',
    ]);
    expect(rows.every((row) => row.attempt === 1 && row.method === 'ssh')).toBe(true);
    expect(world.errors).toEqual([]);
  });

  it('keeps to its concurrency, and a device that waits for a restart takes no place', async () => {
    const waiting: FakeAttempt[] = [];
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking', 'transferring', 'installing', 'restarting');
      waiting.push(attempt);
      if (waiting.length === 6) {
        for (const one of waiting) void one.go('verifying', 'succeeded');
      }
      await new Promise(() => {});
    });
    const task = await world.addTask(await world.addDevices(6), { concurrency: 2 });
    const { run } = await world.runToEnd(task);
    expect(run.counts).toEqual({ succeeded: 6 });
    expect(world.workers.mostActive).toBe(6);
    const slots = new Set<string>();
    let most = 0;
    for (const { row } of world.told) {
      const isBusy = ['connecting', 'checking', 'transferring', 'installing'].includes(row.state);
      if (isBusy) slots.add(row.deviceId);
      else slots.delete(row.deviceId);
      most = Math.max(most, slots.size);
    }
    expect(most).toBe(2);
  });

  it('leaves alone what it must not touch, each with its reason', async () => {
    const world = await EngineWorld.make();
    const devices = await world.addDevices(4, (index) => {
      if (index === 1) return { managedBy: 'osaka' };
      if (index === 2) return { platform: 'windows' };
      return {};
    });
    const task = await world.addTask(
      devices,
      { foreignDevices: 'onlyManagedHere', attemptsLimit: 2 },
      { attempts: { [deviceId(3)]: { count: 2, lastAttemptId: '0'.repeat(32) } } },
    );
    const { rows } = await world.runToEnd(task);
    expect(rows.map((row) => [row.state, row.failure?.code ?? null])).toEqual([
      ['skipped', 'check.managedElsewhere'],
      ['failed', 'delivery.noMethod'],
      ['notStarted', 'attempts.exhausted'],
      ['succeeded', null],
    ]);
    expect(rows[0]?.failure?.params).toEqual({ server: 'osaka' });
    expect(rows[2]?.failure?.params).toEqual({ attempts: 2, limit: 2 });
    expect(world.workers.orders.map((order) => order.deviceId)).toEqual([deviceId(4)]);
  });
});

describe('number of installation attempts (B23 to B30)', () => {
  it('writes one small change a count, however many devices were counted before', async () => {
    const world = await EngineWorld.make(failsWith('installer.exitCode'));
    const known = Array.from({ length: 5000 }, (_, index) => deviceId(1000 + index));
    const attempts = Object.fromEntries(known.map((id) => [id, { count: 1, lastAttemptId: '0'.repeat(32) }]));
    const task = await world.addTask(await world.addDevices(1), { attemptsLimit: 2 }, { attempts });
    const written: string[] = [];
    world.store.onCommitted((_seq, changes) => {
      if (changes.some(({ collection }) => collection === 'tasks')) written.push(JSON.stringify(changes));
    });
    await world.runToEnd(task);
    expect(written).toHaveLength(2);
    for (const change of written) expect(change.length).toBeLessThan(300);
    expect(world.task(task.id).attempts[deviceId(1)]?.count).toBe(2);
    await world.restart(() => {});
    expect(world.task(task.id).attempts[deviceId(1)]?.count).toBe(2);
    expect(Object.keys(world.task(task.id).attempts)).toHaveLength(5001);
  });

  it('tries again behind those that wait, with a new attempt, up to the number', async () => {
    const world = await EngineWorld.make((attempt) =>
      attempt.order.deviceId === deviceId(1) ? failsWith('installer.exitCode')(attempt) : succeed(attempt),
    );
    const devices = await world.addDevices(2);
    const task = await world.addTask(devices, { attemptsLimit: 3, concurrency: 1 });
    const { rows } = await world.runToEnd(task);
    const first = world.workers.orders.filter((order) => order.deviceId === deviceId(1));
    expect(first).toHaveLength(3);
    expect(new Set(first.map((order) => order.attemptId)).size).toBe(3);
    expect(world.workers.orders.map((order) => order.deviceId).slice(0, 2)).toEqual([
      deviceId(1),
      deviceId(2),
    ]);
    expect(rows[0]).toMatchObject({ state: 'failed', attempt: 3, exitCode: 1 });
    expect(rows[0]?.earlierAttempts).toMatchObject([
      { attempt: 1, attemptId: first[0]?.attemptId, exitCode: 1, failure: { code: 'installer.exitCode' } },
      { attempt: 2, attemptId: first[1]?.attemptId, exitCode: 1, failure: { code: 'installer.exitCode' } },
    ]);
    expect(rows[0]?.earlierAttempts?.[0]?.timeline[0]?.state).toBe('connecting');
    expect(rows[1]?.earlierAttempts).toBeUndefined();
    expect(world.task(task.id).attempts[deviceId(1)]).toEqual({
      count: 3,
      lastAttemptId: first[2]?.attemptId,
    });
    expect(world.task(task.id).attempts[deviceId(2)]).toBeUndefined();
  });

  it('does not start again when used up; raising the number lets it start and keeps the counter (B30)', async () => {
    const world = await EngineWorld.make(failsWith('installer.exitCode'));
    const task = await world.addTask(await world.addDevices(1), { attemptsLimit: 2 });
    await world.runToEnd(task);
    expect(world.workers.orders).toHaveLength(2);
    const second = await world.runToEnd(task);
    expect(second.rows[0]).toMatchObject({ state: 'notStarted', failure: { code: 'attempts.exhausted' } });
    expect(world.workers.orders).toHaveLength(2);
    const runs = world.store.model.runs.size;
    const retried = await world.engine.retry(second.run.id, ['notStarted'], [], 'tanaka');
    expect(retried).toMatchObject({
      failure: { code: 'attempts.allExhausted', params: { count: 1, limit: 2, task: task.number } },
    });
    expect(world.store.model.runs.size).toBe(runs);
    const used = world.task(task.id);
    const raised = { ...used, settings: { ...used.settings, attemptsLimit: 3 } };
    await world.put({ collection: 'tasks', put: [raised], removed: [] });
    const third = await world.runToEnd(task);
    expect(third.rows[0]).toMatchObject({ state: 'failed', attempt: 3 });
    expect(world.workers.orders).toHaveLength(3);
  });

  it.each([
    'device.refused',
    'account.refused',
    'transfer.failed',
    'check.diskFull',
    'installer.startFailed',
  ] as const)('%s is neither counted nor tried again', async (code) => {
    const world = await EngineWorld.make((attempt) =>
      attempt.go('checking', { state: 'failed', failure: failure(code) }),
    );
    const task = await world.addTask(await world.addDevices(1));
    const { rows } = await world.runToEnd(task);
    expect(rows[0]?.failure?.code).toBe(code);
    expect(world.workers.orders).toHaveLength(1);
    expect(world.task(task.id).attempts).toEqual({});
  });

  it('counts an outcome that nobody knows but never starts the installer again by itself', async () => {
    const world = await EngineWorld.make(failsWith('installer.outcomeUnknown', null));
    const task = await world.addTask(await world.addDevices(1));
    const { rows } = await world.runToEnd(task);
    expect(rows[0]?.state).toBe('failed');
    expect(world.workers.orders).toHaveLength(1);
    expect(world.task(task.id).attempts[deviceId(1)]?.count).toBe(1);
  });

  it('waits for a busy package manager at most five times, without counting (B82)', async () => {
    const world = await EngineWorld.make(failsWith('installer.busy', 1618));
    const task = await world.addTask(await world.addDevices(1));
    const { rows } = await world.runToEnd(task);
    expect(world.workers.orders).toHaveLength(6);
    expect(rows[0]).toMatchObject({ state: 'failed', failure: { code: 'installer.busy' }, attempt: 1 });
    expect(world.task(task.id).attempts).toEqual({});
  });

  it('has the counter on the disk before the failure is told (B27)', async () => {
    const world = await EngineWorld.make(failsWith('installer.exitCode'));
    const task = await world.addTask(await world.addDevices(1), { attemptsLimit: 1 });
    const countsWhenTold: (number | undefined)[] = [];
    const push = world.told.push.bind(world.told);
    world.told.push = (...items) => {
      for (const { row } of items) {
        if (row.state === 'failed') countsWhenTold.push(world.task(task.id).attempts[deviceId(1)]?.count);
      }
      return push(...items);
    };
    await world.runToEnd(task);
    expect(countsWhenTold).toEqual([1]);
  });
});
