import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import { type TestClient, TestServer } from './testServer.ts';

/** Two devices in a group below a group, one unassigned, and a task for all of them. */
async function fleet() {
  const server = await TestServer.start();
  const client = await server.connect();
  const folder = await mkdtemp(join(tmpdir(), 'haifu-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'tool.sh');
  await writeFile(path, '#!/bin/sh\n');
  const { package: tool } = await client.get('addInstallationPackage', { path, name: 'tool', version: '1' });
  const plain = { user: null, platform: 'linux', jumpHost: null, port: null } as const;
  const { added } = await client.get('saveDevices', {
    devices: [1, 2, 3].map((n) => ({
      ...plain,
      name: `web${n}`,
      address: `192.0.2.${n}`,
      groupPath: n === 3 ? null : 'Tokyo/Web',
    })),
  });
  const task = (name: string, targets: Parameters<typeof client.get<'createTask'>>[1]['targets']) =>
    client.get('createTask', {
      name,
      packageId: tool.id,
      targets,
      settings: defaultTaskSettings(''),
      language: 'en',
    });
  const deviceIds = added.map(({ id }) => id);
  const { task: some } = await task('some', { kind: 'devices', deviceIds: deviceIds.toReversed() });
  return { client, deviceIds, some };
}
const sorted = <T extends { readonly id: string }>(entries: readonly T[]) =>
  entries.toSorted((a, b) => a.id.localeCompare(b.id));
async function model(client: TestClient) {
  const { devices, groups, tasks } = (await client.get('snapshot', {})).collections;
  return { devices: sorted(devices), groups: sorted(groups), tasks: sorted(tasks) };
}

describe('what was removed comes back as it was', () => {
  it('devices, in their groups and among the targets of tasks', async () => {
    const { client, deviceIds } = await fleet();
    const before = await model(client);
    const ids = deviceIds.slice(0, 2);
    await client.get('removeDevices', { ids });
    expect((await model(client)).tasks).not.toEqual(before.tasks);
    const order = {
      devices: before.devices.filter(({ id }) => ids.includes(id)),
      tasks: before.tasks.map(({ id, targets, attempts }) => ({
        id,
        deviceIds: targets.kind === 'devices' ? targets.deviceIds : null,
        attempts,
      })),
    };
    await client.get('restoreDevices', order);
    expect(await model(client)).toEqual(before);
    expect(await client.refusal('restoreDevices', order)).toMatchObject({ code: 'input.nameTaken' });
  });

  it('groups with their subgroups and devices, but no device that has another group by now', async () => {
    const { client, deviceIds } = await fleet();
    const before = await model(client);
    const [tokyo, web] = ['Tokyo', 'Web'].map((name) => before.groups.find((one) => one.name === name)!);
    const remove = () => client.get('removeGroup', { id: tokyo!.id });
    const restore = {
      groups: before.groups,
      members: [{ groupId: web!.id, deviceIds: deviceIds.slice(0, 2) }],
    };
    await remove();
    await client.get('restoreGroups', restore);
    expect(await model(client)).toEqual(before);
    await remove();
    const { id: osaka } = await client.get('addGroup', { path: 'Osaka' });
    await client.get('moveDevices', { ids: [deviceIds[0]!], groupId: osaka });
    await client.get('restoreGroups', restore);
    const after = await model(client);
    const groupOf = (id: string | undefined) => after.devices.find((one) => one.id === id)?.groupId;
    expect([groupOf(deviceIds[0]), groupOf(deviceIds[1])]).toEqual([osaka, web!.id]);
    await remove();
    await client.get('addGroup', { path: 'TOKYO' });
    expect(await client.refusal('restoreGroups', restore)).toMatchObject({ code: 'input.nameTaken' });
    const lost = { ...restore, groups: restore.groups.filter(({ name }) => name === 'Web') };
    expect(await client.refusal('restoreGroups', lost)).toMatchObject({ code: 'input.notFound' });
  });

  it('a task with its number and counters; what it names and is gone is left out', async () => {
    const { client, deviceIds, some } = await fleet();
    const attempts = {
      [deviceIds[0]!]: { count: 2, lastAttemptId: 'a'.repeat(32) },
      [deviceIds[2]!]: { count: 1, lastAttemptId: 'b'.repeat(32) },
    };
    await client.get('removeTask', { id: some.id });
    await client.get('removeDevices', { ids: [deviceIds[2]!] });
    const { task } = await client.get('restoreTask', { task: { ...some, attempts } });
    expect(task).toEqual({
      ...some,
      targets: { kind: 'devices', deviceIds: [deviceIds[1], deviceIds[0]] },
      attempts: { [deviceIds[0]!]: attempts[deviceIds[0]!] },
    });
    expect(await client.refusal('restoreTask', { task: some })).toMatchObject({ code: 'input.nameTaken' });
  });
});

it('a task gets other targets, which must be there', async () => {
  const { client, deviceIds, some } = await fleet();
  const aim = (targets: typeof some.targets) => ({ id: some.id, targets });
  const one = { kind: 'devices' as const, deviceIds: [deviceIds[2]!] };
  expect((await client.get('updateTask', aim(one))).task).toEqual({ ...some, targets: one });
  expect(await client.refusal('updateTask', aim({ kind: 'devices', deviceIds: [] }))).toMatchObject({
    expected: 'atLeastOneDevice',
  });
  const gone = 'grp-00000000000000000000';
  expect(await client.refusal('updateTask', aim({ kind: 'group', groupId: gone }))).toMatchObject({
    code: 'input.notFound',
    kind: 'group',
  });
});
