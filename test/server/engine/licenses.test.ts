import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/domain/failure.ts';
import type { InstallationPackage, License } from '../../../src/domain/model.ts';
import { type FakeAttempt, type FakeScript, succeed } from '../fakeDeliveryWorkers.ts';
import { deviceId, EngineWorld, idOf } from './engineWorld.ts';

const licenseId = idOf('lic', 1);
const key = 'KEY-ONE-TWO-THREE';
const withTask = { license: { kind: 'withTask', licenseId } } as const;

const license = (more: Partial<License> = {}): License => ({
  id: licenseId,
  name: 'Tool license',
  product: 'htop',
  seatsTotal: 2,
  expiresOn: null,
  note: '',
  keyTail: 'HREE',
  keyFileName: null,
  seats: {},
  createdAt: '2026-01-31T12:00:00.000Z',
  ...more,
});

async function worldWith(more: Partial<License> = {}, script?: FakeScript): Promise<EngineWorld> {
  const world = await EngineWorld.make(script);
  await world.engine.parts.vault.put(licenseId, { key });
  await world.put({ collection: 'licenses', put: [license(more)], removed: [] });
  return world;
}
const seatsIn = (world: EngineWorld): string[] =>
  Object.keys(world.store.model.licenses.get(licenseId)!.seats).toSorted();
const endsOf = (rows: Awaited<ReturnType<EngineWorld['rows']>>) =>
  rows.map((row) => [row.state, row.failure?.code ?? null]);
const packageOf = (world: EngineWorld): InstallationPackage => [...world.store.model.packages.values()][0]!;

describe('a license that a task delivers', () => {
  it('goes out with the orders and takes a seat on each device where the installation succeeded', async () => {
    const world = await worldWith({ seatsTotal: 3 }, (attempt) =>
      attempt.order.deviceId === deviceId(2)
        ? attempt.go('checking', 'installing', {
            state: 'failed',
            failure: failure('installer.anotherVersion'),
          })
        : succeed(attempt),
    );
    await world.runToEnd(await world.addTask(await world.addDevices(3), withTask));
    expect(world.workers.orders.map((order) => order.license)).toEqual(
      Array.from({ length: 3 }, () => ({ key, delivery: { kind: 'file', fileName: 'license.key' } })),
    );
    expect(seatsIn(world)).toEqual([deviceId(1), deviceId(3)]);
    expect(world.store.model.licenses.get(licenseId)?.seats[deviceId(1)]).toMatchObject({
      deviceName: 'web-1',
      packageLabel: 'htop 3.2',
    });
  });

  it('leaves out the devices beyond its seats, each with the reason and uncounted, and nobody else', async () => {
    const world = await worldWith();
    const task = await world.addTask(await world.addDevices(3), { ...withTask, concurrency: 3 });
    const { rows } = await world.runToEnd(task);
    expect(endsOf(rows)).toEqual([
      ['succeeded', null],
      ['succeeded', null],
      ['notStarted', 'license.exhausted'],
    ]);
    expect(rows[2]?.failure?.params).toEqual({ name: 'Tool license', total: 2 });
    expect(world.task(task.id).attempts).toEqual({});
    expect(world.workers.orders).toHaveLength(2);
  });

  it('counts a device once, and a seat that a failed device held is free again', async () => {
    let fails = true;
    const world = await worldWith({ seatsTotal: 1 }, (attempt) =>
      fails
        ? attempt.go('checking', { state: 'failed', failure: failure('check.diskFull') })
        : succeed(attempt),
    );
    const [first, second] = await world.addDevices(2);
    const one = await world.addTask([first!], { ...withTask, skipIfInstalled: false });
    await world.runToEnd(one);
    expect(seatsIn(world)).toEqual([]);
    fails = false;
    await world.runToEnd(one);
    await world.runToEnd(one);
    expect(seatsIn(world)).toEqual([deviceId(1)]);
    const { rows } = await world.runToEnd(await world.addTask([second!], withTask));
    expect(endsOf(rows)).toEqual([['notStarted', 'license.exhausted']]);
  });

  it('gives the seat of a device that failed to one that waits for it, but not behind a threshold', async () => {
    const failing: FakeScript = async (attempt) => {
      if (attempt.order.deviceId !== deviceId(1)) return succeed(attempt);
      await world.hasTold(({ row }) => row.activity === 'waitingForSeat');
      await attempt.go('checking', { state: 'failed', failure: failure('check.diskFull') });
    };
    const world = await worldWith({ seatsTotal: 1 }, failing);
    const devices = await world.addDevices(3);
    const { rows } = await world.runToEnd(await world.addTask(devices, withTask));
    expect(endsOf(rows)).toEqual([
      ['failed', 'check.diskFull'],
      ['succeeded', null],
      ['notStarted', 'license.exhausted'],
    ]);
    expect(seatsIn(world)).toEqual([deviceId(2)]);

    await world.put({ collection: 'licenses', put: [license({ seatsTotal: 1 })], removed: [] });
    const stopping = await world.runToEnd(
      await world.addTask(devices, { ...withTask, stopAfterFailures: 1 }),
    );
    expect(endsOf(stopping.rows).slice(1)).toEqual([
      ['notStarted', 'run.notStarted'],
      ['notStarted', 'run.notStarted'],
    ]);
  });

  it('is refused on every device once it has ended, or is for another product', async () => {
    const world = await worldWith({ expiresOn: '2020-01-31' });
    const task = await world.addTask(await world.addDevices(2), withTask);
    expect(endsOf((await world.runToEnd(task)).rows)).toEqual([
      ['notStarted', 'license.expired'],
      ['notStarted', 'license.expired'],
    ]);
    await world.put({ collection: 'licenses', put: [license({ product: 'vim' })], removed: [] });
    const again = await world.runToEnd(task);
    expect(again.rows.map((row) => row.failure?.params)).toEqual(
      Array.from({ length: 2 }, () => ({ name: 'Tool license', product: 'vim', package: 'htop' })),
    );
    expect(world.workers.orders).toEqual([]);
  });

  it('B38 is the package’s own unless the task says otherwise; a template joins the parameters', async () => {
    const world = await worldWith();
    const licenseDelivery = { kind: 'parameter', template: '-l {licenseFile}' } as const;
    const contains = { ...packageOf(world), parameters: '-q', licenseId, licenseDelivery };
    await world.put({ collection: 'packages', put: [contains], removed: [] });
    const devices = await world.addDevices(1);
    await world.runToEnd(await world.addTask(devices));
    await world.runToEnd(await world.addTask(devices, { license: { kind: 'none' } }));
    const orders = world.workers.orders.map(({ license, installationPackage }) => [
      license?.delivery.kind,
      installationPackage.parameters,
    ]);
    expect(orders).toEqual([
      ['parameter', '-q -l {licenseFile}'],
      [undefined, '-q'],
    ]);
  });

  it('keeps its seat over the death of the server while the installer runs', async () => {
    const waiting: FakeAttempt[] = [];
    const world = await worldWith({ seatsTotal: 1 }, async (attempt) => {
      await attempt.go('checking', 'transferring', 'installing');
      waiting.push(attempt);
      await new Promise(() => {});
    });
    const [first, second] = await world.addDevices(2);
    const run = await world.start(await world.addTask([first!], withTask));
    await world.hasTold(({ row }) => row.state === 'installing');
    const goOn = Promise.withResolvers<void>();
    // What the task is changed to is for attempts that are not begun yet.
    const task = world.task(run.taskId);
    const changed = { ...task, settings: { ...task.settings, license: { kind: 'none' } as const } };
    await world.put({ collection: 'tasks', put: [changed], removed: [] });
    const workers = await world.restart(async (attempt) => {
      await goOn.promise;
      await attempt.go('verifying', 'succeeded');
    });
    const other = await world.start(await world.addTask([second!], withTask));
    await world.hasTold(({ row }) => row.activity === 'waitingForSeat');
    expect(workers.orders[0]?.license?.key).toBe(key);
    expect(world.engine.parts.licenses.holderOf(licenseId)).toBe(deviceId(1));
    goOn.resolve();
    await world.ended(other.id);
    expect(endsOf(await world.rows(other.id))).toEqual([['notStarted', 'license.exhausted']]);
    await world.ended(run.id);
    expect(seatsIn(world)).toEqual([deviceId(1)]);
    expect(world.engine.parts.licenses.holderOf(licenseId)).toBe(null);
  });

  it('stands in no file of the server but the vault, where it is encrypted (B101)', async () => {
    const world = await worldWith();
    await world.runToEnd(await world.addTask(await world.addDevices(1), withTask));
    await world.store.close();
    const { execFileSync } = await import('node:child_process');
    expect(() => execFileSync('grep', ['-rlF', key, world.folder])).toThrow();
  });
});
