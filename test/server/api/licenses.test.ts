import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { License } from '../../../src/domain/model.ts';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import type { CommandParams } from '../../../src/protocol/commands.ts';
import { FakeDeliveryWorkers } from '../fakeDeliveryWorkers.ts';
import { type TestClient, TestServer } from './testServer.ts';

const key = 'CANARY-KEY1-KEY2-KEY3';
const given = (more: Partial<CommandParams<'addLicense'>> = {}): CommandParams<'addLicense'> => ({
  name: 'Tool',
  product: 'tool',
  seatsTotal: 1,
  key,
  ...more,
});

async function start(
  workers = new FakeDeliveryWorkers(),
): Promise<{ server: TestServer; client: TestClient }> {
  const server = await TestServer.start(workers);
  return { server, client: await server.connect() };
}

async function addPackage(
  client: TestClient,
  more: Omit<CommandParams<'addInstallationPackage'>, 'path'> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'haifu-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'tool-1.2.run');
  await writeFile(path, '#!/bin/sh\n');
  return (await client.get('addInstallationPackage', { path, ...more })).package;
}

async function addDevices(client: TestClient, count: number): Promise<string[]> {
  const devices = Array.from({ length: count }, (_, index) => ({
    name: `web-${index + 1}`,
    address: `10.0.0.${index + 1}`,
    port: null,
    user: null,
    platform: 'linux' as const,
    jumpHost: null,
    groupPath: null,
  }));
  return (await client.get('saveDevices', { devices })).added.map(({ id }) => id);
}
const taskOf = (packageId: string, deviceIds: readonly string[], license?: string) => ({
  packageId,
  targets: { kind: 'devices' as const, deviceIds: [...deviceIds] },
  settings: {
    ...defaultTaskSettings(''),
    ...(license !== undefined && { license: { kind: 'withTask' as const, licenseId: license } }),
  },
});
const storedIn = async (client: TestClient): Promise<readonly License[]> =>
  (await client.get('snapshot', {})).collections.licenses;

describe('licenses', () => {
  it('keeps the key in the vault, and nowhere in clear (B101)', async () => {
    const { server, client } = await start();
    const { license } = await client.get('addLicense', given({ expiresOn: '2099-12-31', note: 'of Tanaka' }));
    expect(license).toMatchObject({ keyTail: 'KEY3', keyFileName: null, seats: {}, expiresOn: '2099-12-31' });
    expect(await storedIn(client)).toEqual([license]);
    await server.stop();
    for (const file of await readdir(server.dataFolder, { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        expect(await readFile(join(file.parentPath, file.name), 'latin1'), file.name).not.toContain('CANARY');
    }
  });

  it.each([
    [{ name: ' ' }, { field: 'name', expected: 'notEmpty' }],
    [{ product: ', ' }, { field: 'product', expected: 'product' }],
    [{ expiresOn: '2027-02-30' }, { field: 'expiresOn', expected: 'date' }],
    [{ key: 'short' }, { field: 'key', expected: 'licenseKey' }],
    [{ note: 'two\nlines' }, { field: 'note', expected: 'oneLine' }],
  ])('refuses %o', async (more, why) => {
    const { client } = await start();
    expect(await client.refusal('addLicense', given(more))).toEqual({ code: 'input.invalid', ...why });
    expect(await storedIn(client)).toEqual([]);
  });

  it('changes what is given and keeps the rest, the key too', async () => {
    const { client } = await start();
    const { license } = await client.get('addLicense', given());
    await client.get('addLicense', given({ name: 'Other' }));
    expect(await client.refusal('updateLicense', { id: license.id, name: 'OTHER' })).toMatchObject({
      code: 'input.nameTaken',
    });
    const changed = await client.get('updateLicense', {
      id: license.id,
      seatsTotal: null,
      product: 'tool,vim',
    });
    expect(changed.license).toEqual({ ...license, seatsTotal: null, product: 'tool, vim' });
    const rekeyed = await client.get('updateLicense', {
      id: license.id,
      key: 'line one\nline-last\n',
      keyFileName: 'tool.lic',
    });
    expect(rekeyed.license).toMatchObject({ keyTail: 'last', keyFileName: 'tool.lic' });
  });

  it('is not removed while a package contains it or a task delivers it', async () => {
    const { client } = await start();
    const { license } = await client.get('addLicense', given());
    const installationPackage = await addPackage(client, { licenseId: license.id });
    expect(await client.refusal('removeLicense', { id: license.id })).toMatchObject({
      code: 'input.inUse',
      usedBy: 'tool',
    });
    await client.get('updateInstallationPackage', { id: installationPackage.id, licenseId: null });
    const task = {
      ...taskOf(installationPackage.id, await addDevices(client, 1), license.id),
      language: 'en',
    } as const;
    await client.get('createTask', { name: null, ...task });
    expect(await client.refusal('removeLicense', { id: license.id })).toMatchObject({ code: 'input.inUse' });
    const [made] = (await client.get('snapshot', {})).collections.tasks;
    await client.get('updateTask', { id: made!.id, settings: { license: { kind: 'none' } } });
    await client.get('updateTask', { id: made!.id, settings: { attemptsLimit: 5 } });
    expect((await client.get('snapshot', {})).collections.tasks[0]?.settings.license).toEqual({
      kind: 'none',
    });
    await client.get('removeLicense', { id: license.id });
    expect(await storedIn(client)).toEqual([]);
  });

  it('stays while an attempt that was begun with it is under way', async () => {
    const goOn = Promise.withResolvers<void>();
    const isInstalling = Promise.withResolvers<void>();
    const { client } = await start(
      new FakeDeliveryWorkers(async (attempt) => {
        await attempt.go('checking', 'transferring', 'installing');
        isInstalling.resolve();
        await goOn.promise;
        await attempt.go('verifying', 'succeeded');
      }),
    );
    const { license } = await client.get('addLicense', given());
    const { id } = await addPackage(client);
    const wanted = {
      name: null,
      ...taskOf(id, await addDevices(client, 1), license.id),
      language: 'en',
    } as const;
    const { task } = await client.get('createTask', wanted);
    const { run } = await client.get('startRemoteInstallationTask', { taskId: task.id });
    await isInstalling.promise;
    await client.get('updateTask', { id: task.id, settings: { license: { kind: 'none' } } });
    expect(await client.refusal('removeLicense', { id: license.id })).toMatchObject({
      code: 'input.inUse',
      usedBy: 'web-1',
    });
    goOn.resolve();
    while ((await client.get('snapshot', {})).collections.runs[0]?.finishedAt === null)
      await client.get('watchRun', { runId: run.id });
    await client.get('removeLicense', { id: license.id });
  });

  it('is refused where it is chosen: ended, or for another product', async () => {
    const { client } = await start();
    const other = await client.get('addLicense', given({ name: 'Other', product: 'vim' }));
    const ended = await client.get('addLicense', given({ name: 'Ended', expiresOn: '2020-01-31' }));
    const { id } = await addPackage(client);
    const devices = await addDevices(client, 1);
    const create = (licenseId: string) =>
      client.refusal('createTask', { name: null, ...taskOf(id, devices, licenseId), language: 'en' });
    expect(await create(other.license.id)).toMatchObject({ code: 'license.mismatch', product: 'vim' });
    expect(await create(ended.license.id)).toMatchObject({ code: 'license.expired', date: '2020-01-31' });
    expect(
      await client.refusal('updateInstallationPackage', { id, licenseId: ended.license.id }),
    ).toMatchObject({ code: 'license.expired' });
  });

  it('B91 plans the devices beyond the seats as blocked; a released seat is free', async () => {
    const workers = new FakeDeliveryWorkers();
    workers.checkScript = () => ({
      ok: true,
      value: {
        report: {
          port: 'open',
          accountId: null,
          isRoot: true,
          facts: null,
          freeBytes: 1e9,
          installedVersion: null,
          isInstalled: false,
          failure: null,
        },
        hostKeys: [],
      },
    });
    const { client } = await start(workers);
    const { license } = await client.get('addLicense', given());
    const { id } = await addPackage(client);
    const devices = await addDevices(client, 2);
    const plan = async () =>
      (await client.get('planTask', taskOf(id, devices, license.id))).rows.map((row) => [
        row.action,
        row.failure?.code ?? null,
      ]);
    expect(await plan()).toEqual([
      ['install', null],
      ['blocked', 'license.exhausted'],
    ]);
    const { task } = await client.get('createTask', {
      name: null,
      ...taskOf(id, [devices[1]!], license.id),
      language: 'en',
    });
    const { run } = await client.get('startRemoteInstallationTask', { taskId: task.id });
    while ((await storedIn(client))[0]?.seats[devices[1]!] === undefined)
      await client.get('watchRun', { runId: run.id });
    expect(await plan()).toEqual([
      ['blocked', 'license.exhausted'],
      ['install', null],
    ]);
    expect(await client.refusal('releaseLicense', { id: license.id, deviceIds: [devices[0]!] })).toEqual({
      code: 'input.invalid',
      field: 'device',
      expected: 'seatOfDevice',
    });
    const released = await client.get('releaseLicense', { id: license.id, deviceIds: [devices[1]!] });
    expect(released.license.seats).toEqual({});
  });

  it('refuses a package whose parameters would show the key', async () => {
    const { client } = await start();
    const { id } = await addPackage(client);
    const template = '--key {licenseKey}';
    const refusal = await client.refusal('updateInstallationPackage', {
      id,
      licenseDelivery: { kind: 'parameter', template },
    });
    expect(refusal.code).toBe('license.keyVisible');
    expect((await client.refusal('updateInstallationPackage', { id, parameters: template })).code).toBe(
      'license.keyVisible',
    );
  });
});
