import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import type { CommandParams } from '../../../src/protocol/commands.ts';
import { type TestClient, TestServer } from './testServer.ts';

type NewDevice = CommandParams<'saveDevices'>['devices'][number];
const device = (name: string, address: string, more: Partial<NewDevice> = {}): NewDevice => ({
  name,
  address,
  port: null,
  user: null,
  platform: 'linux',
  jumpHost: null,
  groupPath: null,
  ...more,
});
const account = (more: Partial<CommandParams<'addAccount'>> = {}): CommandParams<'addAccount'> => ({
  name: 'deploy',
  kind: 'password',
  user: 'deploy',
  become: 'sudo',
  password: 'canary-password',
  privateKey: null,
  publicKey: null,
  passphrase: null,
  becomePassword: null,
  agentSocket: null,
  ...more,
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'haifu-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function packageFile(text = 'echo installed'): Promise<string> {
  const folder = await temporaryFolder();
  const path = join(folder, 'tool-1.2.run');
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  return path;
}
const start = async (): Promise<{ server: TestServer; client: TestClient }> => {
  const server = await TestServer.start();
  return { server, client: await server.connect() };
};

describe('groups', () => {
  it('makes the missing groups of a path once', async () => {
    const { client } = await start();
    const web = await client.get('addGroup', { path: 'Tokyo/Web' });
    expect(await client.get('addGroup', { path: 'tokyo/WEB' })).toEqual(web);
    const { collections } = await client.get('snapshot', {});
    expect(collections.groups.map((group) => group.name).toSorted()).toEqual(['Tokyo', 'Web']);
    expect(await client.refusal('addGroup', { path: 'a//b' })).toEqual({
      code: 'input.invalid',
      field: 'path',
      expected: 'groupPath',
    });
  });

  it('keeps names unique among siblings and the tree whole', async () => {
    const { client } = await start();
    const tokyo = (await client.get('addGroup', { path: 'Tokyo' })).id;
    const web = (await client.get('addGroup', { path: 'Tokyo/Web' })).id;
    await client.get('addGroup', { path: 'Tokyo/Mail' });
    expect(await client.refusal('renameGroup', { id: web, name: 'MAIL' })).toEqual({
      code: 'input.nameTaken',
      kind: 'group',
      name: 'MAIL',
    });
    expect(await client.refusal('moveGroup', { id: tokyo, parentId: web })).toMatchObject({
      expected: 'outsideItself',
    });
    await client.get('renameGroup', { id: web, name: 'WEB' });
    await client.get('moveGroup', { id: web, parentId: null });
    expect(await client.refusal('renameGroup', { id: 'grp-0', name: 'x' })).toMatchObject({
      code: 'input.notFound',
      kind: 'group',
    });
  });

  it('lets devices of a removed group become unassigned', async () => {
    const { client } = await start();
    await client.get('saveDevices', { devices: [device('web-1', '10.0.0.1', { groupPath: 'Tokyo/Web' })] });
    const { collections } = await client.get('snapshot', {});
    const tokyo = collections.groups.find((group) => group.name === 'Tokyo')!;
    await client.get('removeGroup', { id: tokyo.id });
    const after = (await client.get('snapshot', {})).collections;
    expect(after.groups).toEqual([]);
    expect(after.devices.map((d) => d.groupId)).toEqual([null]);
  });
});

describe('devices', () => {
  it('adds, updates by address and port, and refuses by position', async () => {
    const { client } = await start();
    await client.get('saveDevices', { devices: [device('web-1', 'Web-1.example', { groupPath: 'Tokyo' })] });
    const saved = await client.get('saveDevices', {
      devices: [
        device('renamed', 'web-1.EXAMPLE', { port: 22 }),
        device('web-2', '10.0.0.2'),
        device('again', '10.0.0.2'),
        device(' ', '10.0.0.3'),
        device('web-4', '10.0.0.4', { groupPath: 'a//b' }),
        device('web-2 other port', '10.0.0.2', { port: 2222 }),
      ],
    });
    expect(saved.updated.map((d) => d.name)).toEqual(['renamed']);
    expect(saved.updated[0]?.groupId).not.toBeNull();
    expect(saved.added.map((d) => d.name)).toEqual(['web-2', 'web-2 other port']);
    expect(
      saved.refused.map(({ index, failure: { params } }) => [index, params.field, params.expected]),
    ).toEqual([
      [2, 'address', 'onceInList'],
      [3, 'name', 'notEmpty'],
      [4, 'groupPath', 'groupPath'],
    ]);
  });

  it('refuses a second device at one place', async () => {
    const { client } = await start();
    const { added } = await client.get('saveDevices', {
      devices: [device('a', '10.0.0.1'), device('b', '10.0.0.2')],
    });
    const b = added[1]!.id;
    expect(await client.refusal('updateDevice', { id: b, device: { address: '10.0.0.1' } })).toMatchObject({
      code: 'input.nameTaken',
    });
    const { device: moved } = await client.get('updateDevice', { id: b, device: { port: 2222 } });
    expect(moved).toMatchObject({ port: 2222, address: '10.0.0.2', name: 'b' });
    expect(await client.refusal('moveDevices', { ids: [b], groupId: 'grp-0' })).toMatchObject({
      kind: 'group',
    });
  });

  it('names the field that the door refused, never its value', async () => {
    const { client } = await start();
    const bad = { devices: [device('a', '-oProxyCommand=x')] };
    expect(await client.refusal('saveDevices', bad)).toEqual({
      code: 'input.invalid',
      field: 'address',
      expected: 'regex',
    });
  });
});

describe('accounts', () => {
  it('keeps secrets out of the model and of every file but the vault (B101)', async () => {
    const { server, client } = await start();
    const { account: added } = await client.get('addAccount', account());
    expect(added).toMatchObject({ hasPassword: true, hasBecomePassword: false });
    const snapshot = JSON.stringify(await client.get('snapshot', {}));
    expect(snapshot).not.toContain('canary');
    await server.stop();
    const files = await readdir(server.dataFolder, { recursive: true, withFileTypes: true });
    const contents = await Promise.all(
      files.filter((f) => f.isFile()).map((f) => readFile(join(f.parentPath, f.name), 'latin1')),
    );
    expect(contents.length).toBeGreaterThan(3);
    expect(contents.filter((content) => content.includes('canary'))).toEqual([]);
  });

  it('reads the key at once and shows its fingerprint (B53)', async () => {
    const { client } = await start();
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = account({ kind: 'key', password: null, privateKey: pem });
    const { account: added } = await client.get('addAccount', key);
    expect(added.keyFingerprint).toMatch(/^SHA256:/);
    const other = { ...key, name: 'other' };
    expect(await client.refusal('addAccount', { ...other, privateKey: 'nonsense' })).toEqual({
      code: 'key.unreadable',
    });
    expect(await client.refusal('addAccount', { ...other, privateKey: null })).toMatchObject({
      field: 'privateKey',
    });
    const encrypted = privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' })
      .toString();
    expect(await client.refusal('addAccount', { ...other, privateKey: encrypted })).toEqual({
      code: 'key.passphraseMissing',
    });
    expect(
      await client.refusal('addAccount', { ...other, privateKey: encrypted, passphrase: 'wrong' }),
    ).toEqual({ code: 'key.passphraseWrong' });
  });

  it('keeps a secret that an update leaves out, and drops those of another kind', async () => {
    const { client } = await start();
    const { account: added } = await client.get('addAccount', account({ becomePassword: 'root' }));
    const update = { id: added.id, ...account({ user: 'ops', password: null }) };
    const { account: updated } = await client.get('updateAccount', update);
    expect(updated).toMatchObject({ user: 'ops', hasPassword: true, hasBecomePassword: true });
    const agent = { ...update, kind: 'agent' as const, agentSocket: '/run/agent.sock' };
    expect((await client.get('updateAccount', agent)).account).toMatchObject({
      hasPassword: false,
      hasBecomePassword: true,
    });
    expect(await client.refusal('updateAccount', { ...agent, agentSocket: 'x' })).toMatchObject({
      expected: 'absolutePath',
    });
  });

  it('has one account of a name, whatever its case', async () => {
    const { client } = await start();
    await client.get('addAccount', account());
    expect(await client.refusal('addAccount', account({ name: 'DEPLOY' }))).toEqual({
      code: 'input.nameTaken',
      kind: 'account',
      name: 'DEPLOY',
    });
    expect(await client.refusal('addAccount', account({ name: 'x', user: '-l' }))).toMatchObject({
      expected: 'noLeadingDash',
    });
  });
});

describe('installation packages (B64)', () => {
  it('is read, stored once and reused', async () => {
    const { server, client } = await start();
    const path = await packageFile();
    const seen = await client.get('inspectDistributionPackage', { path });
    expect(seen).toMatchObject({ format: 'script' });
    const first = await client.get('addInstallationPackage', { path, name: 'tool', version: '1.2' });
    expect(first.isReused).toBe(false);
    const again = await client.get('addInstallationPackage', { path, name: 'tool', version: '1.2' });
    expect(again).toEqual({ package: first.package, isReused: true });
    const changed = { path, name: 'tool', version: '1.2', parameters: '--fail' };
    expect(await client.refusal('addInstallationPackage', changed)).toMatchObject({
      code: 'package.settingsDiffer',
      name: 'tool',
    });
    const other = await client.get('addInstallationPackage', { path, name: 'tool', version: '1.3' });
    expect(other.package.content).toEqual(first.package.content);
    expect(await readdir(join(server.dataFolder, 'content'))).toEqual([first.package.content.sha256]);
    await client.get('removeInstallationPackage', { id: first.package.id });
    expect(await readdir(join(server.dataFolder, 'content'))).toHaveLength(1);
    await client.get('removeInstallationPackage', { id: other.package.id });
    expect(await readdir(join(server.dataFolder, 'content'))).toEqual([]);
  });

  it('refuses what is none and keeps nothing of it', async () => {
    const { server, client } = await start();
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'x.deb'), 'not a package');
    expect(await client.refusal('addInstallationPackage', { path: join(folder, 'x.deb') })).toMatchObject({
      code: 'package.mislabelled',
    });
    expect(await client.refusal('addInstallationPackage', { path: 'x.deb' })).toMatchObject({
      expected: 'absolutePath',
    });
    expect(await client.refusal('addInstallationPackage', { path: join(folder, 'no.deb') })).toMatchObject({
      code: 'input.fileUnreadable',
      reason: 'ENOENT',
    });
    expect(await readdir(join(server.dataFolder, 'content'))).toEqual([]);
  });

  it('adds the same file at the same time without losing its content', async () => {
    const { server, client } = await start();
    const path = await packageFile();
    const added = await client.get('addInstallationPackage', { path, name: 'tool', version: '1' });
    await Promise.all([
      client.call('removeInstallationPackage', { id: added.package.id }),
      client.call('addInstallationPackage', { path, name: 'tool', version: '2' }),
      client.call('addInstallationPackage', { path, name: 'tool', version: '3' }),
    ]);
    const { packages } = (await client.get('snapshot', {})).collections;
    expect(packages.map((p) => p.version).toSorted()).toEqual(['2', '3']);
    expect(await readdir(join(server.dataFolder, 'content'))).toEqual([packages[0]!.content.sha256]);
  });
});

describe('tasks', () => {
  async function taskParts(client: TestClient) {
    const path = await packageFile();
    const { package: made } = await client.get('addInstallationPackage', {
      path,
      name: 'tool',
      version: '1',
    });
    const { added } = await client.get('saveDevices', { devices: [device('web-1', '10.0.0.1')] });
    const { account: login } = await client.get('addAccount', account());
    const create: CommandParams<'createTask'> = {
      name: null,
      packageId: made.id,
      targets: { kind: 'devices', deviceIds: [added[0]!.id] },
      settings: { ...defaultTaskSettings(''), accountIds: [login.id] },
      language: 'ja',
    };
    return { create, packageId: made.id, accountId: login.id, deviceId: added[0]!.id };
  }

  it('is named after its package, the second with a number (B59)', async () => {
    const { client } = await start();
    const { create } = await taskParts(client);
    const names = [];
    for (let round = 0; round < 3; round++) names.push((await client.get('createTask', create)).task.name);
    expect(names).toEqual(['tool のインストール', 'tool のインストール (2)', 'tool のインストール (3)']);
    expect(await client.refusal('createTask', { ...create, name: 'a:b' })).toMatchObject({
      expected: 'noneOfReservedCharacters',
    });
  });

  it('names what it lacks', async () => {
    const { client } = await start();
    const { create } = await taskParts(client);
    const refusal = (more: Partial<typeof create>) => client.refusal('createTask', { ...create, ...more });
    expect(await refusal({ targets: { kind: 'devices', deviceIds: [] } })).toMatchObject({
      expected: 'atLeastOneDevice',
    });
    expect(await refusal({ packageId: 'pkg-00000000000000000000' })).toMatchObject({ kind: 'package' });
    const delivery = {
      networkAgent: false,
      sharedFoldersServer: false,
      sharedFoldersDistributionPoints: false,
    };
    expect(await refusal({ settings: { ...create.settings, delivery } })).toMatchObject({
      expected: 'atLeastOneDelivery',
    });
    const accountIds = ['acc-00000000000000000000'];
    expect(await refusal({ settings: { ...create.settings, accountIds } })).toMatchObject({
      kind: 'account',
    });
  });

  it('holds what it needs: a package and an account in use stay, by whom they are used', async () => {
    const { client } = await start();
    const { create, packageId, accountId, deviceId } = await taskParts(client);
    const { task } = await client.get('createTask', { ...create, name: 'Monday' });
    expect(await client.refusal('removeInstallationPackage', { id: packageId })).toMatchObject({
      code: 'input.inUse',
      usedBy: 'Monday',
    });
    expect(await client.refusal('removeAccount', { id: accountId })).toMatchObject({ usedBy: 'Monday' });
    await client.get('removeDevices', { ids: [deviceId] });
    const { tasks } = (await client.get('snapshot', {})).collections;
    expect(tasks[0]?.targets).toEqual({ kind: 'devices', deviceIds: [] });
    expect(await client.refusal('startRemoteInstallationTask', { taskId: task.id })).toMatchObject({
      expected: 'atLeastOneDevice',
    });
    await client.get('removeTask', { id: task.id });
    await client.get('removeAccount', { id: accountId });
    await client.get('removeInstallationPackage', { id: packageId });
  });

  it('raises the number of attempts and keeps the counter (B30)', async () => {
    const { client } = await start();
    const { create } = await taskParts(client);
    const { task } = await client.get('createTask', create);
    const { task: updated } = await client.get('updateTask', { id: task.id, settings: { attemptsLimit: 7 } });
    expect(updated.settings).toEqual({ ...task.settings, attemptsLimit: 7 });
    expect(
      await client.refusal('updateTask', { id: task.id, settings: { attemptsLimit: 100 } }),
    ).toMatchObject({
      field: 'settings.attemptsLimit',
      expected: 'atMost',
      limit: 99,
    });
  });
});

it('serves a private socket, also where the folder’s path is too long for one', async () => {
  const server = await TestServer.start(undefined, 'd'.repeat(120));
  const client = await server.connect();
  const path = (await readFile(join(server.dataFolder, 'server.socket'), 'utf8')).trim();
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(107);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
  expect((await client.get('status', {})).dataFolder).toBe(server.dataFolder);
});
