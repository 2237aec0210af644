import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Transition } from '../../../src/delivery/deliveryMethod.ts';
import { failure } from '../../../src/domain/failure.ts';
import { type FakeAttempt, type FakeScript, succeed } from '../fakeDeliveryWorkers.ts';
import { deviceId, EngineWorld } from './engineWorld.ts';

const never = () => new Promise<void>(() => {});

/** A world whose one device got as far as `states` when the server was killed. */
async function killedAfter(...states: (Transition['state'] | Transition)[]) {
  let reached = () => {};
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const world = await EngineWorld.make(async (attempt) => {
    await attempt.go(...states);
    reached();
    await never();
  });
  const task = await world.addTask(await world.addDevices(1), { attemptsLimit: 2 });
  const run = await world.start(task);
  await isReached;
  return { world, task, run, first: world.workers.orders[0]! };
}

describe('recovery (B83)', () => {
  it.each([
    ['connecting', []],
    ['checking', ['checking']],
    ['transferring', ['checking', 'transferring']],
  ] as const)('begins the same attempt anew when it was %s', async (_name, states) => {
    const { world, run, first } = await killedAfter(...states);
    const workers = await world.restart(succeed);
    expect((await world.ended(run.id)).counts).toEqual({ succeeded: 1 });
    expect(workers.orders.map((order) => [order.attemptId, order.resume])).toEqual([[first.attemptId, null]]);
    expect((await world.rows(run.id))[0]?.attempt).toBe(1);
  });

  it('takes a running installer up where it is, with the same attempt', async () => {
    const { world, run, first } = await killedAfter('checking', 'transferring', 'installing');
    const workers = await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    expect((await world.ended(run.id)).state).toBe('finished');
    expect(workers.orders).toHaveLength(1);
    expect(workers.orders[0]).toMatchObject({
      attemptId: first.attemptId,
      resume: { state: 'installing', exitCode: null },
    });
  });

  it('knows the exit code and the boot id of before', async () => {
    const { world, run } = await killedAfter('checking', 'transferring', 'installing', {
      state: 'restarting',
      exitCode: 3010,
      bootIdBeforeRestart: 'b1',
    });
    const workers = await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    await world.ended(run.id);
    expect(workers.orders[0]?.resume).toEqual({
      state: 'restarting',
      exitCode: 3010,
      bootIdBeforeRestart: 'b1',
      installFailure: null,
      wasPresent: null,
    });
    expect((await world.rows(run.id))[0]?.exitCode).toBe(3010);
  });

  it('knows whether the package was there before the installer', async () => {
    const installing = { state: 'installing', wasPresent: true } as const;
    const { world, run } = await killedAfter('checking', 'transferring', installing, 'cancelling');
    const workers = await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    await world.ended(run.id);
    expect(workers.orders[0]?.resume).toMatchObject({ state: 'cancelling', wasPresent: true });
  });

  it('judges a running installer by the package as it was when the run began', async () => {
    const { world, run, first } = await killedAfter('checking', 'transferring', 'installing');
    const { installationPackage: before } = first;
    const edited = {
      ...before,
      exitCodes: { '0': 'failed', '7': 'success' },
      detection: { kind: 'file', path: '/other' },
    } as const;
    await world.put({ collection: 'packages', put: [edited], removed: [] });
    const workers = await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    await world.ended(run.id);
    expect(workers.orders[0]?.installationPackage).toEqual(before);
    // A run that begins now is judged by what is set now.
    await world.runToEnd(world.task(run.taskId));
    expect(workers.orders[1]?.installationPackage).toEqual(edited);
  });

  it('continues a run whose journal of an earlier version kept no package', async () => {
    const { world, run, first } = await killedAfter('checking', 'transferring', 'installing');
    await world.rewriteJournal(run.id, (entry) => {
      if (entry.kind === 'started') return { ...entry, plan: null };
      if (entry.kind !== 'device' || entry.resume === null) return entry;
      const { wasPresent: _none, ...resume } = entry.resume;
      return { ...entry, resume };
    });
    const workers = await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    await world.ended(run.id);
    expect(workers.orders[0]).toMatchObject({
      installationPackage: first.installationPackage,
      resume: { state: 'installing', wasPresent: null },
    });
  });

  it('counts an attempt once although its failure is reported twice', async () => {
    const { world, task, run, first } = await killedAfter('checking', 'transferring', 'installing');
    // The counter was written, the journal was not: as a kill between the two leaves it.
    const counted = { count: 1, lastAttemptId: first.attemptId };
    await world.put({
      collection: 'tasks',
      put: [{ ...world.task(task.id), attempts: { [deviceId(1)]: counted } }],
      removed: [],
    });
    const workers = await world.restart((attempt) =>
      attempt.go(...(attempt.order.resume ? [] : (['checking', 'transferring', 'installing'] as const)), {
        state: 'failed',
        failure: failure('installer.exitCode'),
        exitCode: 1,
      }),
    );
    await world.ended(run.id);
    expect(workers.orders).toHaveLength(2);
    expect(world.task(task.id).attempts[deviceId(1)]?.count).toBe(2);
  });

  it('leaves devices at their end alone and keeps the order of those that wait', async () => {
    let reached = () => {};
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const world = await EngineWorld.make(async (attempt) => {
      if (attempt.order.deviceId !== deviceId(3)) return succeed(attempt);
      reached();
      return never();
    });
    const task = await world.addTask(await world.addDevices(5), { concurrency: 1 });
    const run = await world.start(task);
    await isReached;
    await world.hasTold(({ row }) => row.deviceId === deviceId(2) && row.state === 'succeeded');
    const workers = await world.restart(succeed);
    expect((await world.ended(run.id)).counts).toEqual({ succeeded: 5 });
    expect(workers.orders.map((order) => order.deviceId)).toEqual([deviceId(3), deviceId(4), deviceId(5)]);
  });

  it('remembers what was to be cancelled', async () => {
    const { world, run } = await killedAfter('checking', 'transferring', 'installing');
    await world.engine.cancel(run.id, null, 'kill', 'suzuki');
    const workers = await world.restart(async (attempt) => {
      const request = await attempt.cancelled;
      expect(request).toBe('kill');
      await attempt.go('cancelling', 'cancelled');
    });
    expect((await world.ended(run.id)).state).toBe('cancelled');
    expect(workers.orders).toHaveLength(1);
  });

  it('remembers accounts that the device refused (lockout guard)', async () => {
    const { world, run } = await (async () => {
      let reached = () => {};
      const isReached = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const world = await EngineWorld.make(async (attempt) => {
        attempt.accountTried('acc-00000000000000000001', false);
        await attempt.go('checking');
        reached();
        await never();
      });
      const run = await world.start(await world.addTask(await world.addDevices(1)));
      await isReached;
      return { world, run };
    })();
    const workers = await world.restart(succeed);
    await world.ended(run.id);
    expect(workers.orders[0]?.refusedAccountIds).toEqual(['acc-00000000000000000001']);
  });

  it('remembers a refusal although no step came after it', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      attempt.accountTried('acc-00000000000000000001', false);
      await never();
    });
    const run = await world.start(await world.addTask(await world.addDevices(1)));
    await world.hasTold(
      () => world.told.filter(({ row }) => row.state === 'connecting' && row.attemptId !== null).length === 2,
    );
    const workers = await world.restart(succeed);
    await world.ended(run.id);
    expect(workers.orders[0]?.refusedAccountIds).toEqual(['acc-00000000000000000001']);
  });

  it.each([
    ['nothing was heard of it', [], 'unanswered'],
    ['the device went on', ['transferring'], undefined],
    ['the installer was started', ['transferring', 'installing'], 'proven'],
  ] as const)('knows of a root password that was sent: %s', async (_name, states, known) => {
    let reached = () => {};
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking');
      await attempt.rootPasswordSent();
      await attempt.go(...states);
      reached();
      await never();
    });
    const run = await world.start(await world.addTask(await world.addDevices(1)));
    await isReached;
    const workers = await world.restart((attempt) =>
      known === 'proven' ? attempt.go('verifying', 'succeeded') : succeed(attempt),
    );
    await world.ended(run.id);
    expect(workers.orders[0]?.rootPassword).toBe(known);
    // The next run begins without that.
    await world.runToEnd(world.task(run.taskId));
    expect(workers.orders[1]).not.toHaveProperty('rootPassword');
  });

  it('knows who was logged in when the installer was started', async () => {
    const account = 'acc-00000000000000000001';
    const world = await EngineWorld.make(async (attempt) => {
      attempt.accountTried(account, true);
      await attempt.go('checking', 'transferring', 'installing');
      await never();
    });
    const run = await world.start(await world.addTask(await world.addDevices(1)));
    await world.hasTold(({ row }) => row.state === 'installing');
    expect(world.workers.orders[0]).not.toHaveProperty('installerAccountId');
    const workers = await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    await world.ended(run.id);
    expect(workers.orders[0]?.installerAccountId).toBe(account);
  });

  it('survives being killed again and again without a second attempt', async () => {
    const { world, run, first } = await killedAfter('checking', 'transferring', 'installing');
    for (let round = 0; round < 5; round++) {
      const workers = await world.restart(never);
      expect(workers.orders.map((order) => order.attemptId)).toEqual([first.attemptId]);
    }
    await world.restart((attempt) => attempt.go('verifying', 'succeeded'));
    expect((await world.ended(run.id)).counts).toEqual({ succeeded: 1 });
  });
});

describe('a worker that dies', () => {
  it('costs no attempt: the same one begins anew', async () => {
    let crashes = 0;
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking');
      if (crashes++ < 2) return attempt.crash();
      await attempt.go('transferring', 'installing', 'verifying', 'succeeded');
    });
    const task = await world.addTask(await world.addDevices(1));
    const { rows } = await world.runToEnd(task);
    expect(rows[0]).toMatchObject({ state: 'succeeded', attempt: 1 });
    expect(new Set(world.workers.orders.map((order) => order.attemptId)).size).toBe(1);
    expect(world.workers.orders).toHaveLength(3);
    expect(world.task(task.id).attempts).toEqual({});
  });

  it('is given up after three times more', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      await attempt.go('checking');
      attempt.crash();
    });
    const { rows } = await world.runToEnd(await world.addTask(await world.addDevices(1)));
    expect(rows[0]).toMatchObject({ state: 'failed', failure: { code: 'worker.crashed' } });
    expect(world.workers.orders).toHaveLength(4);
  });

  it('takes no other device along: over what it died twice gets a worker of its own', async () => {
    const together = new Set<FakeAttempt>();
    const world = await EngineWorld.make(async (attempt) => {
      if (attempt.isAlone) {
        if (attempt.order.deviceId === deviceId(1)) attempt.crash();
        else await succeed(attempt);
        return;
      }
      together.add(attempt);
      await attempt.go('checking');
      // The first device ends the worker of all.
      if (attempt.order.deviceId !== deviceId(1)) return never();
      for (const one of together) one.crash();
      together.clear();
    });
    const { rows } = await world.runToEnd(await world.addTask(await world.addDevices(5)));
    expect(rows.map((row) => row.state)).toEqual(['failed', ...Array(4).fill('succeeded')]);
  });

  it('while the installer runs is taken up again, and never called a crash of the installer', async () => {
    const world = await EngineWorld.make(async (attempt) => {
      if (!attempt.order.resume) await attempt.go('checking', 'transferring', 'installing');
      attempt.crash();
    });
    const { rows } = await world.runToEnd(await world.addTask(await world.addDevices(1)));
    expect(rows[0]).toMatchObject({ state: 'failed', failure: { code: 'installer.outcomeUnknown' } });
    expect(world.workers.orders.slice(1).every((order) => order.resume?.state === 'installing')).toBe(true);
  });
});

it('a device that waits for its restart takes no place after recovery either', async () => {
  let asked = 0;
  let reached = () => {};
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const world = await EngineWorld.make(async (attempt) => {
    await attempt.go('checking', 'installing', 'restarting');
    if (++asked === 2) reached();
    await never();
  });
  const task = await world.addTask(await world.addDevices(3), { concurrency: 1, waveSize: null });
  const run = await world.start(task);
  await isReached;
  const waiting: (() => void)[] = [];
  await world.restart(async (attempt) => {
    if (attempt.order.resume?.state === 'restarting') {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await attempt.go('verifying', 'succeeded');
      return;
    }
    await succeed(attempt);
    for (const goOn of waiting) goOn();
  });
  expect((await world.ended(run.id)).counts).toEqual({ succeeded: 3 });
});

describe('the journal of an ended run', () => {
  const failing: FakeScript = (attempt) =>
    attempt.go('checking', 'transferring', 'installing', {
      state: 'failed',
      failure: failure('installer.exitCode', { exitCode: 3 }),
      exitCode: 3,
    });
  const journalOf = (world: EngineWorld, runId: string) =>
    join(world.folder, 'runs', runId, 'journal.ndjson');

  it('keeps each device’s end and the steps of all its attempts, and little more', async () => {
    const world = await EngineWorld.make(failing);
    const task = await world.addTask(await world.addDevices(3), { attemptsLimit: 3 });
    const run = await world.start(task);
    let longest = 0;
    world.store.onCommitted(() => {
      longest = Math.max(longest, statSync(journalOf(world, run.id)).size);
    });
    await world.ended(run.id);
    const rows = await world.rows(run.id);
    const { size } = await stat(journalOf(world, run.id));
    expect(size).toBeLessThan(longest / 2);
    expect(size).toBeLessThan(2 * JSON.stringify(rows).length + 4000);
    await world.restart(succeed);
    expect(await world.rows(run.id)).toEqual(rows);
    expect(rows.map(({ state, attempt, timeline }) => [state, attempt, timeline.length])).toEqual(
      Array(3).fill(['failed', 3, 5]),
    );
    expect(rows[0]?.earlierAttempts).toHaveLength(2);
  });

  it.each(['finished', 'cancelled'] as const)(
    'ends a run once more that the store has not as %s',
    async (state) => {
      const world = await EngineWorld.make(failing);
      const run = await world.start(await world.addTask(await world.addDevices(2), { attemptsLimit: 1 }));
      if (state === 'cancelled') await world.engine.cancel(run.id, null, 'leave', 'suzuki');
      const ended = await world.ended(run.id);
      const rows = await world.rows(run.id);
      // As a kill between the journal's last write and the store's leaves it.
      await world.put({ collection: 'runs', put: [{ ...run, finishedAt: null }], removed: [] });
      const workers = await world.restart(succeed);
      expect(await world.ended(run.id)).toMatchObject({ state: ended.state, counts: ended.counts });
      expect(ended.state).toBe(state);
      expect(await world.rows(run.id)).toEqual(rows);
      expect(workers.orders).toEqual([]);
    },
  );
});
