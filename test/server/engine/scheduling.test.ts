import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/domain/failure.ts';
import { type FakeAttempt, succeed } from '../fakeDeliveryWorkers.ts';
import { deviceId, EngineWorld, must, sampleDevice } from './engineWorld.ts';

const unreachable = (attempt: FakeAttempt) =>
  attempt.go({ state: 'unreachable', failure: failure('device.timedOut') });

describe('waves and thresholds (B90)', () => {
  it.each([2, '30%'] as const)('begins a wave of %s when the one before is at its end', async (waveSize) => {
    const world = await EngineWorld.make();
    const task = await world.addTask(await world.addDevices(6), { waveSize, concurrency: 10 });
    await world.runToEnd(task);
    const waveOf = (id: string) => Math.floor((Number.parseInt(id.slice(-4), 16) - 1) / 2);
    const open = new Map<number, number>();
    for (const { row } of world.told) {
      const wave = waveOf(row.deviceId);
      if (row.state === 'connecting') {
        for (let before = 0; before < wave; before++) expect(open.get(before)).toBe(2);
      }
      if (row.state === 'succeeded') open.set(wave, (open.get(wave) ?? 0) + 1);
    }
    expect(open).toEqual(
      new Map([
        [0, 2],
        [1, 2],
        [2, 2],
      ]),
    );
  });

  it.each([3, '25%'] as const)('starts no new device once the threshold of %s is reached', async (limit) => {
    const world = await EngineWorld.make(unreachable);
    const devices = await world.addDevices(10);
    const task = await world.addTask(devices, { stopAfterUnreachable: limit, concurrency: 1 });
    const { run, rows } = await world.runToEnd(task);
    expect(run.counts).toEqual({ unreachable: 3, notStarted: 7 });
    expect(world.workers.orders).toHaveLength(3);
    expect(rows[9]?.failure).toMatchObject({
      code: 'run.notStarted',
      params: { reason: 'stopAfterUnreachable' },
    });
  });

  it('lets a device that waits for its next try end as failed', async () => {
    const world = await EngineWorld.make((attempt) =>
      attempt.order.deviceId === deviceId(2)
        ? unreachable(attempt)
        : attempt.go('checking', 'installing', { state: 'failed', failure: failure('installer.exitCode') }),
    );
    const task = await world.addTask(await world.addDevices(3), { stopAfterUnreachable: 1, concurrency: 1 });
    const { rows } = await world.runToEnd(task);
    expect(rows.map((row) => row.state)).toEqual(['failed', 'unreachable', 'notStarted']);
    expect(rows[0]?.failure?.code).toBe('installer.exitCode');
  });
});

describe('cancel (B87)', () => {
  it('leaves waiting devices untouched and asks the active ones', async () => {
    const started: FakeAttempt[] = [];
    let both = () => {};
    const areBoth = new Promise<void>((resolve) => {
      both = resolve;
    });
    const world = await EngineWorld.make(async (attempt) => {
      const isInstalling = attempt.order.deviceId === deviceId(1);
      await attempt.go('checking', 'transferring', ...(isInstalling ? (['installing'] as const) : []));
      started.push(attempt);
      if (started.length === 2) both();
      await attempt.cancelled;
      if (isInstalling) await attempt.go('verifying', 'succeeded');
      else await attempt.go('cancelled');
    });
    const task = await world.addTask(await world.addDevices(5), { concurrency: 2 });
    const run = await world.start(task);
    await areBoth;
    must(await world.engine.cancel(run.id, null, 'leave', 'suzuki'));
    const ended = await world.ended(run.id);
    expect(ended.state).toBe('cancelled');
    expect(ended.counts).toEqual({ succeeded: 1, cancelled: 4 });
    expect(started.map((attempt) => attempt.cancelRequests)).toEqual([['leave'], ['leave']]);
    const rows = await world.rows(run.id);
    expect(rows[4]).toMatchObject({ failure: { code: 'run.cancelled', params: { user: 'suzuki' } } });
    expect(rows[1]).toMatchObject({ failure: { code: 'run.cancelled', params: { user: 'suzuki' } } });
    expect(world.workers.orders).toHaveLength(2);
  });

  it('says of an ended installer that it was ended, not only that somebody cancelled', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking', 'installing');
      expect(await attempt.cancelled).toBe('kill');
      await attempt.go('cancelling', { state: 'cancelled', failure: failure('installer.cancelled') });
    });
    const run = await world.start(await world.addTask(await world.addDevices(1)));
    await world.hasTold(({ row }) => row.state === 'installing');
    must(await world.engine.cancel(run.id, null, 'kill', 'suzuki'));
    await world.ended(run.id);
    expect((await world.rows(run.id))[0]).toMatchObject({
      state: 'cancelled',
      failure: { code: 'installer.cancelled' },
    });
  });

  it('says whether a running installer is left to finish or ended, and that it was asked for more later', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking', 'installing');
      await attempt.cancelled;
      await attempt.go('cancelling');
      attempt.activity('reconnecting');
      attempt.activity(null);
      await world.hasTold(({ row }) => row.activity === 'endingInstaller');
      attempt.activity(null);
      await attempt.go({ state: 'cancelled', failure: failure('installer.cancelled') });
    });
    const run = await world.start(await world.addTask(await world.addDevices(1)));
    await world.hasTold(({ row }) => row.state === 'installing');
    must(await world.engine.cancel(run.id, null, 'leave', 'suzuki'));
    await world.hasTold(({ row }) => row.activity === 'reconnecting');
    must(await world.engine.cancel(run.id, null, 'kill', 'suzuki'));
    await world.ended(run.id);
    const told = world.told.filter(({ row }) => row.state === 'cancelling').map(({ row }) => row.activity);
    expect(told).toEqual([
      'leavingInstaller',
      'reconnecting',
      'leavingInstaller',
      'endingInstaller',
      'endingInstaller',
    ]);
    expect((await world.rows(run.id))[0]?.activity).toBeNull();
  });

  it('says nothing of an installer where the device is only waited for', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking', 'installing', 'restarting');
      await attempt.cancelled;
      await attempt.go('cancelling', 'restartPending');
    });
    const run = await world.start(await world.addTask(await world.addDevices(1)));
    await world.hasTold(({ row }) => row.state === 'restarting');
    must(await world.engine.cancel(run.id, null, 'leave', 'suzuki'));
    await world.ended(run.id);
    const told = world.told.filter(({ row }) => row.state === 'cancelling').map(({ row }) => row.activity);
    expect(told).toEqual([null]);
  });

  it('takes single devices out of a run that goes on', async () => {
    let release = () => {};
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = await EngineWorld.make(async (attempt) => {
      await isReleased;
      await succeed(attempt);
    });
    const task = await world.addTask(await world.addDevices(3), { concurrency: 1 });
    const run = await world.start(task);
    must(await world.engine.cancel(run.id, [deviceId(2)], 'leave', 'suzuki'));
    release();
    const ended = await world.ended(run.id);
    expect(ended.state).toBe('finished');
    expect(await world.states(run.id)).toEqual(['succeeded', 'cancelled', 'succeeded']);
  });

  it('does not try a failed device again, and asking twice changes nothing', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking', 'installing');
      await attempt.cancelled;
      await attempt.go({ state: 'failed', failure: failure('installer.exitCode'), exitCode: 2 });
    });
    const task = await world.addTask(await world.addDevices(1));
    const run = await world.start(task);
    await world.hasTold(({ row }) => row.state === 'installing');
    await Promise.all([
      world.engine.cancel(run.id, null, 'leave', 'a'),
      world.engine.cancel(run.id, null, 'leave', 'b'),
    ]);
    await world.ended(run.id);
    expect(await world.states(run.id)).toEqual(['failed']);
    expect(world.task(task.id).attempts[deviceId(1)]?.count).toBe(1);
    must(await world.engine.cancel(run.id, null, 'kill', 'c'));
  });
});

describe('one delivery at a time per device', () => {
  it('makes a second run wait and say so', async () => {
    let active = 0;
    const world = await EngineWorld.make(async (attempt) => {
      expect(++active).toBe(1);
      await world.hasTold(({ row }) => row.activity === 'waitingForOtherRun');
      await attempt.go('checking', 'transferring', 'installing', 'verifying');
      active--;
      await attempt.go('succeeded');
    });
    const task = await world.addTask(await world.addDevices(1));
    const [first, second] = [await world.start(task), await world.start(task)];
    await Promise.all([world.ended(first.id), world.ended(second.id)]);
    expect(world.workers.orders).toHaveLength(2);
    const waited = world.told.filter(
      ({ runId, row }) => runId === second.id && row.activity === 'waitingForOtherRun',
    );
    expect(waited).toHaveLength(1);
  });

  it.each([
    ['the same run', 1],
    ['another run', 2],
  ])('lets a worker clean up the device before the next attempt of %s begins', async (_name, runs) => {
    let cleaning = 0;
    const world = await EngineWorld.make(async (attempt) => {
      expect(cleaning).toBe(0);
      await attempt.go('checking', 'installing', { state: 'failed', failure: failure('installer.exitCode') });
      if (world.workers.orders.length === 2) return;
      cleaning++;
      // Several writes are longer than the one that would stand between this attempt and the next.
      for (let index = 2; index < 12; index++)
        await world.put({ collection: 'devices', put: [sampleDevice(index)], removed: [] });
      cleaning--;
    });
    const task = await world.addTask(await world.addDevices(1), { attemptsLimit: 2 });
    const started = [];
    for (let number = 0; number < runs; number++) started.push(await world.start(task));
    await Promise.all(started.map((run) => world.ended(run.id)));
    expect(world.workers.orders).toHaveLength(2);
    expect(world.errors).toEqual([]);
  });

  it('lets a run be cancelled that waits for another', async () => {
    let release = () => {};
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = await EngineWorld.make(async (attempt) => {
      await isReleased;
      await succeed(attempt);
    });
    const task = await world.addTask(await world.addDevices(1));
    const [first, second] = [await world.start(task), await world.start(task)];
    must(await world.engine.cancel(second.id, null, 'leave', 'suzuki'));
    expect((await world.ended(second.id)).state).toBe('cancelled');
    release();
    expect((await world.ended(first.id)).counts).toEqual({ succeeded: 1 });
    expect(world.workers.orders).toHaveLength(1);
  });
});

describe('retry (B88) and groups (B63)', () => {
  it('takes exactly the set, in a run that knows where it comes from', async () => {
    const world = await EngineWorld.make((attempt) =>
      attempt.order.deviceId === deviceId(2) ? unreachable(attempt) : succeed(attempt),
    );
    const { run } = await world.runToEnd(await world.addTask(await world.addDevices(3)));
    const retried = must(await world.engine.retry(run.id, ['unreachable'], [], 'tanaka'));
    await world.ended(retried.id);
    expect(retried.retryOf).toBe(run.id);
    expect((await world.rows(retried.id)).map((row) => row.deviceId)).toEqual([deviceId(2)]);
    const none = await world.engine.retry(run.id, ['failed'], [], 'tanaka');
    expect(none).toMatchObject({
      failure: { code: 'input.invalid', params: { expected: 'atLeastOneDevice' } },
    });
    const stranger = await world.engine.retry(run.id, [], [deviceId(9)], 'tanaka');
    expect(stranger).toMatchObject({ failure: { params: { expected: 'deviceOfRun' } } });
  });

  it('goes to the group as it is at each run', async () => {
    const world = await EngineWorld.make();
    const groupId = 'grp-00000000000000000001';
    const inner = 'grp-00000000000000000002';
    await world.put({
      collection: 'groups',
      put: [
        { id: groupId, name: 'Tokyo', parentId: null },
        { id: inner, name: 'Web', parentId: groupId },
      ],
      removed: [],
    });
    const devices = await world.addDevices(3, (index) => ({ groupId: index === 1 ? groupId : null }));
    const task = await world.addTask([], {}, { targets: { kind: 'group', groupId } });
    const first = await world.runToEnd(task);
    expect(first.rows.map((row) => row.deviceId)).toEqual([deviceId(1)]);
    await world.put({ collection: 'devices', put: [{ ...devices[2]!, groupId: inner }], removed: [] });
    const second = await world.runToEnd(task);
    expect(second.rows.map((row) => row.deviceId)).toEqual([deviceId(1), deviceId(3)]);
  });
});

describe('what a run learns', () => {
  it('remembers the account that worked and the facts, and tries that account first', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      attempt.accountTried('acc-00000000000000000002', true);
      await attempt.go(
        {
          state: 'checking',
          facts: { osName: 'Debian 12', osFamily: 'debian', architecture: 'amd64', bootId: 'b' },
        },
        'installing',
        'verifying',
        'succeeded',
      );
    });
    const account = (index: number) => ({
      id: `acc-0000000000000000000${index}`,
      name: `account ${index}`,
      kind: 'password' as const,
      user: 'root',
      become: 'none' as const,
      hasPassword: true,
      hasPassphrase: false,
      hasBecomePassword: false,
      keyFingerprint: null,
      agentSocket: null,
      createdAt: '2026-01-31T12:00:00.000Z',
    });
    await world.put({ collection: 'accounts', put: [account(1), account(2)], removed: [] });
    const task = await world.addTask(await world.addDevices(1), {
      accountIds: [account(1).id, account(2).id],
    });
    const { rows } = await world.runToEnd(task);
    expect(rows[0]?.accountId).toBe(account(2).id);
    const device = world.store.model.devices.get(deviceId(1))!;
    expect(device).toMatchObject({ lastAccountId: account(2).id, facts: { osName: 'Debian 12' } });
    await world.runToEnd(task);
    const orders = world.workers.orders.map((order) => order.accounts.map(({ account: { id } }) => id));
    expect(orders).toEqual([
      [account(1).id, account(2).id],
      [account(2).id, account(1).id],
    ]);
  });

  it('stores host keys once, never unpins one, and marks a contradiction (B100)', async () => {
    const key = (name: string, verdict: 'accepted' | 'unknown' | 'changed') => ({
      address: '10.0.0.1',
      port: 22,
      keyType: 'ssh-ed25519',
      key: name,
      fingerprint: `SHA256:${name}`,
      verdict,
    });
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.hostKeySeen(key('one', 'unknown'));
      await attempt.hostKeySeen(key('one', 'unknown'));
      await attempt.hostKeySeen(key('one', 'accepted'));
      await attempt.hostKeySeen(key('one', 'unknown'));
      await attempt.hostKeySeen(key('two', 'changed'));
      await succeed(attempt);
    });
    await world.runToEnd(await world.addTask(await world.addDevices(1)));
    const keys = [...world.store.model.hostKeys.values()];
    expect(keys.map(({ key, state, trustedBy }) => [key, state, trustedBy]).toSorted()).toEqual([
      ['one', 'trusted', 'tanaka'],
      ['two', 'changed', null],
    ]);
    await world.runToEnd(await world.addTask([...world.store.model.devices.values()]));
    expect(world.workers.orders[1]?.trust.pins).toHaveLength(2);
  });

  it('pins one key of two first contacts at the same place', async () => {
    const key = (name: string, address: string) =>
      ({
        address,
        port: 22,
        keyType: 'ssh-ed25519',
        key: name,
        fingerprint: `SHA256:${name}`,
        verdict: 'accepted',
      }) as const;
    const world = await EngineWorld.make(async (attempt) => {
      await Promise.all([
        attempt.hostKeySeen(key('one', 'jump.example')),
        attempt.hostKeySeen(key('two', 'Jump.example')),
      ]);
      await attempt.hostKeySeen(key('three', 'jump.example'));
      await succeed(attempt);
    });
    await world.runToEnd(await world.addTask(await world.addDevices(1)));
    const keys = [...world.store.model.hostKeys.values()];
    expect(keys.map((one) => [one.key, one.state]).toSorted()).toEqual([
      ['one', 'trusted'],
      ['three', 'changed'],
      ['two', 'changed'],
    ]);
  });
});

it('shares the bandwidth among the devices at work', async () => {
  const world = await EngineWorld.make();
  const task = await world.addTask(await world.addDevices(4), {
    concurrency: 50,
    bandwidthBytesPerSecond: 1_000_000,
  });
  await world.runToEnd(task);
  expect(world.workers.orders.map((order) => order.bandwidthBytesPerSecond)).toEqual(Array(4).fill(250_000));
});

it('carries a thousand devices with failures in little time', { timeout: 60_000 }, async () => {
  const world = await EngineWorld.make((attempt) =>
    attempt.go('checking', 'transferring', 'installing', {
      state: 'failed',
      failure: failure('installer.exitCode'),
      exitCode: 1,
    }),
  );
  await world.addDevices(10_000);
  const targets = [...world.store.model.devices.values()].slice(0, 1000);
  const task = await world.addTask(targets, { attemptsLimit: 2, concurrency: 100 });
  const begun = performance.now();
  const { run } = await world.runToEnd(task);
  const seconds = (performance.now() - begun) / 1000;
  expect(run.counts).toEqual({ failed: 1000 });
  expect(Object.values(world.task(task.id).attempts).every(({ count }) => count === 2)).toBe(true);
  expect(seconds).toBeLessThan(30);
});

it('lets a device that is being connected to be cancelled before anything reaches it', async () => {
  const world = await EngineWorld.make();
  const task = await world.addTask(await world.addDevices(3), { concurrency: 3 });
  const run = await world.start(task);
  await Promise.all([
    world.engine.cancel(run.id, null, 'leave', 'a'),
    world.engine.cancel(run.id, [deviceId(1)], 'kill', 'b'),
    world.engine.cancel(run.id, null, 'leave', 'c'),
  ]);
  await world.ended(run.id);
  expect(await world.states(run.id)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(world.workers.orders).toEqual([]);
});

it('leaves nothing of a run that could not be recorded', async () => {
  const world = await EngineWorld.make();
  const task = await world.addTask(await world.addDevices(1));
  const starting = world.engine.start(task.id, 'tanaka');
  await world.put({ collection: 'tasks', put: [], removed: [task.id] });
  expect(await starting).toMatchObject({ ok: false, failure: { code: 'input.notFound' } });
  const runs = join(world.folder, 'runs');
  expect(await readdir(runs)).toEqual([]);
  const links = await Promise.allSettled(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`)),
  );
  const open = links.flatMap((link) => (link.status === 'fulfilled' ? [link.value] : []));
  expect(open.filter((path) => path.startsWith(runs))).toEqual([]);
});
