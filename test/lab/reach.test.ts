import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildDeb } from '../fixtures/debPackage.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult } from './haifuOnLab.ts';
import type { Lab, LabInventory } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

const execute = promisify(execFile);
const bastion = 'd005';
const behind = 'd006';
const keyed = 'd007';
const guarded = 'd008';
const used = [bastion, behind, keyed, guarded];

describeLab('reaching devices: jump hosts, agents, keys, passwords, ways to become root', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  let inventory: LabInventory;
  let folder: string;
  const agents: ChildProcess[] = [];

  beforeAll(async () => {
    lab = labOfThisRun();
    inventory = await lab.inventory();
    haifu = await haifuOnLab(lab);
    folder = await mkdtemp(join(tmpdir(), 'haifu-reach-'));
    await haifu.must(['account', 'add', 'root-key', '--user', 'root', '--key', inventory.keyPath]);
    for (const name of used.filter((one) => one !== behind)) await addDevice(name);
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.kill();
    for (const name of used) {
      await lab.heal(name);
      await lab.in(name, 'dpkg -P haifu-reach 2>/dev/null; rm -f /var/log/haifu-lab-sshd; true');
    }
    await lab.in(keyed, "sed -i '/ haifu-reach$/d' /root/.ssh/authorized_keys");
  });
  afterAll(async () => {
    await haifu.close();
    await rm(folder, { recursive: true, force: true });
  });

  const addressOf = (name: string) => inventory.devices.find((device) => device.name === name)!.address;
  const addDevice = (name: string) => haifu.must(['device', 'add', addressOf(name), '--name', name]);
  const installed = (name: string) => lab.in(name, `dpkg-query -W -f '\${Version}' haifu-reach`);
  async function install(version: string, device: string, accounts: readonly string[], ...more: string[]) {
    const file = await buildDeb({ name: 'haifu-reach', version });
    return haifu.run([
      ...['install', file, '--device', device, '--host-key', 'accept-new'],
      ...accounts.flatMap((account) => ['--account', account]),
      ...more,
    ]);
  }
  const rowOf = (answer: Awaited<ReturnType<typeof install>>) => answer.json<RunResult>().run.devices[0]!;
  /** Makes a key pair that only root of one device accepts, and answers the private key's file. */
  async function allowedKey(name: string, ...options: string[]): Promise<string> {
    const file = join(folder, name);
    await execute('ssh-keygen', ['-q', '-C', 'haifu-reach', '-f', file, ...options]);
    const publicKey = (await readFile(`${file}.pub`, 'utf8')).trim();
    await lab.in(keyed, ['sh', '-c', 'echo "$1" >>/root/.ssh/authorized_keys', '-', publicKey]);
    return file;
  }
  const check = async (device: string, account: string) =>
    (await haifu.run(['device', 'check', device, '--account', account, '--host-key', 'accept-new'])).json<{
      devices: readonly { failure: { code: string } | null }[];
    }>().devices[0]!.failure?.code ?? null;

  test('a device that only another one reaches: through the ProxyJump of an imported ssh_config', async () => {
    const onlyFromBastion = `table inet lab {
      chain i {
        type filter hook input priority 0
        ip saddr != ${addressOf(bastion)} tcp dport 22 reject with tcp reset
      }
    }`;
    const nft = ['ip', 'netns', 'exec', behind, 'nft', '-f', '-'];
    expect(await lab.exec(nft, { input: onlyFromBastion })).toMatchObject({ exitCode: 0, stderr: '' });
    await addDevice(behind);
    expect(rowOf(await install('1.0.0', behind, ['root-key']))).toMatchObject({
      state: 'unreachable',
      failure: { code: 'device.refused' },
    });
    const config = join(folder, 'ssh_config');
    await writeFile(
      config,
      `Host bastion\n  HostName ${addressOf(bastion)}\n  User plain\n\nHost inner\n  HostName ${addressOf(behind)}\n  ProxyJump bastion\n`,
    );
    await haifu.must(['device', 'import', config, '--format', 'ssh-config']);
    const through = await install('1.0.0', 'inner', ['root-key']);
    expect(rowOf(through)).toMatchObject({ state: 'succeeded', failure: null });
    expect(await installed(behind)).toBe('1.0.0');

    // The jump host is away: it is named, not the device behind it.
    await lab.fault(bastion, 'reject');
    const blocked = rowOf(await install('1.1.0', 'inner', ['root-key']));
    expect(blocked).toMatchObject({ state: 'unreachable', failure: { code: 'device.jumpHostFailed' } });
    expect(blocked.failure!.message).toContain(addressOf(bastion));
  });

  test('B47: a login by the SSH agent of who added the account; an agent that has ended lets nobody in', async () => {
    const key = await allowedKey('agent-key', '-t', 'ed25519', '-N', '');
    const socket = join(folder, 'agent.sock');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    agents.push(agent);
    await once(agent.stdout, 'data');
    const environment = { SSH_AUTH_SOCK: socket };
    await execute('ssh-add', ['-q', key], { env: { ...process.env, ...environment } });
    await rm(key);
    await haifu.must(['account', 'add', 'by-agent', '--user', 'root', '--agent'], undefined, environment);
    expect(rowOf(await install('1.0.0', keyed, ['by-agent']))).toMatchObject({ state: 'succeeded' });
    expect(await installed(keyed)).toBe('1.0.0');
    agent.kill();
    await once(agent, 'exit');
    expect(rowOf(await install('1.1.0', keyed, ['by-agent']))).toMatchObject({
      state: 'failed',
      failure: { code: expect.stringMatching(/^(account|key)\./) },
    });
  });

  test.each([
    ['sudo with the login’s password', 'admin', 'sudo', 'password', []],
    ['sudo without a password', 'keyonly', 'sudo', 'key', []],
    ['doas, which asks on a terminal', 'doasuser', 'doas', 'password', []],
    ['su with root’s password', 'plain', 'su', 'becomePassword', []],
    ['sudo that requires a terminal', 'admin', 'sudo', 'password', ['requireTty']],
    ['sudo without a password that requires a terminal', 'keyonly', 'sudo', 'key', ['requireTty']],
  ] as const)('%s', async (_name, user, become, login, faults) => {
    const { passwords, keyPath } = inventory;
    const name = `${user}-${become}-${login}-${faults.length}`;
    const key = login === 'password' ? [] : ['--key', keyPath];
    const secret = { password: ['--password-stdin'], becomePassword: ['--become-password-stdin'], key: [] };
    const input = { password: passwords.admin, becomePassword: passwords.root, key: '' }[login];
    await haifu.must(
      ['account', 'add', name, '--user', user, '--become', become, ...key, ...secret[login]],
      `${input}\n`,
    );
    for (const fault of faults) await lab.fault(guarded, fault);
    expect(rowOf(await install('2.0.0', guarded, [name]))).toMatchObject({
      state: 'succeeded',
      failure: null,
    });
    expect(await installed(guarded)).toBe('2.0.0');
  });

  const keyForms = {
    'PKCS#1': ['-t', 'rsa', '-b', '3072', '-m', 'PEM'],
    SEC1: ['-t', 'ecdsa', '-m', 'PEM'],
    'PKCS#8': ['-t', 'rsa', '-b', '3072', '-m', 'PKCS8'],
    'PKCS#8 of an ECDSA key': ['-t', 'ecdsa', '-b', '384', '-m', 'PKCS8'],
    'OPENSSH Ed25519': ['-t', 'ed25519'],
    'OPENSSH RSA': ['-t', 'rsa', '-b', '3072'],
  } as const;
  const forms = Object.keys(keyForms) as (keyof typeof keyForms)[];

  test.each(forms)('B53: a private key as %s logs in, plain and encrypted', async (form) => {
    const slug = form.replaceAll(/[^a-z0-9]/gi, '');
    const plain = await allowedKey(`${slug}-plain`, ...keyForms[form], '-N', '');
    const sealed = await allowedKey(`${slug}-sealed`, ...keyForms[form], '-N', 'open sesame 開け');
    expect(await readFile(plain, 'utf8')).toContain(
      form.startsWith('OPENSSH') ? 'BEGIN OPENSSH' : form === 'SEC1' ? 'BEGIN EC ' : 'BEGIN ',
    );
    await haifu.must(['account', 'add', `${slug}-plain`, '--user', 'root', '--key', plain]);
    const add = ['account', 'add', `${slug}-sealed`, '--user', 'root', '--key', sealed];
    expect((await haifu.run(add)).json()).toMatchObject({ error: { code: 'key.passphraseMissing' } });
    const wrong = await haifu.run([...add, '--passphrase-stdin'], 'open sesame\n');
    expect([wrong.exitCode, wrong.json()]).toMatchObject([2, { error: { code: 'key.passphraseWrong' } }]);
    await haifu.must([...add, '--passphrase-stdin', '--public-key', `${sealed}.pub`], 'open sesame 開け\n');
    expect(await check(keyed, `${slug}-plain`)).toBe(null);
    expect(await check(keyed, `${slug}-sealed`)).toBe(null);
  });

  test('B53: a public key given as the private one, a pair that does not match, no key at all', async () => {
    const one = await allowedKey('one', '-t', 'ed25519', '-N', '');
    const two = await allowedKey('two', '-t', 'ed25519', '-N', '');
    const add = (...words: string[]) => haifu.run(['account', 'add', 'bad', '--user', 'root', ...words]);
    const codes: readonly (readonly [readonly string[], string])[] = [
      [['--key', `${one}.pub`], 'key.publicGivenAsPrivate'],
      [['--key', one, '--public-key', `${two}.pub`], 'key.pairMismatch'],
      [['--key', join(folder, 'ssh_config')], 'key.unreadable'],
    ];
    await writeFile(join(folder, 'ssh_config'), 'Host *\n');
    for (const [words, code] of codes) {
      const answer = await add(...words);
      expect([answer.exitCode, answer.json()]).toMatchObject([2, { error: { code } }]);
    }
  });

  test('B50: a wrong password is tried once on a device, and never again once another account has won', async () => {
    const { passwords } = inventory;
    for (const [name, password] of [
      ['wrong', 'not-this-one'],
      ['right', passwords.admin],
    ] as const)
      await haifu.must(
        ['account', 'add', name, '--user', 'admin', '--password-stdin', '--become', 'sudo'],
        `${password}\n`,
      );
    const [restartLogged] = ['kill "$(pgrep -o -x sshd)"; /usr/sbin/sshd -E /var/log/haifu-lab-sshd'];
    await lab.in(guarded, restartLogged!);
    const refusals = () => lab.in(guarded, "grep -c 'Failed password' /var/log/haifu-lab-sshd || true");
    try {
      // The installer fails twice: a connection an attempt, the wrong password only at the first.
      const failing = await buildDeb({ name: 'haifu-reach', version: '3.0.0', behaviour: { exitCode: 9 } });
      const failed = await haifu.run([
        ...['install', failing, '--device', guarded, '--host-key', 'accept-new', '--attempts', '2'],
        ...['--account', 'wrong', '--account', 'right'],
      ]);
      expect(rowOf(failed)).toMatchObject({ state: 'failed', attempts: 2 });
      expect(await refusals()).toBe('1');
      await lab.in(guarded, 'dpkg -P --force-all haifu-reach; true');

      expect(rowOf(await install('3.1.0', guarded, ['wrong', 'right']))).toMatchObject({
        state: 'succeeded',
      });
      expect(await refusals()).toBe('1');
      // Alone it is tried again, once although there would be three attempts.
      expect(rowOf(await install('3.2.0', guarded, ['wrong']))).toMatchObject({
        state: 'failed',
        attempts: 0,
        failure: { code: 'account.refused' },
      });
      expect(await refusals()).toBe('2');
    } finally {
      await lab.in(guarded, 'kill "$(pgrep -o -x sshd)"; /usr/sbin/sshd');
    }
  });
});
