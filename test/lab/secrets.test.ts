import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildDeb } from '../fixtures/debPackage.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';
import { watchProcesses } from './watchProcesses.ts';

const execute = promisify(execFile);
const password = 'canary-Sesame 7"$x';
const wrongPassword = 'canary-wrong-4711';
const passphrase = 'canary phrase %9';

describeLab('B101: secrets stay where they belong', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;

  beforeAll(async () => {
    lab = labOfThisRun();
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab);
  });
  afterEach(async () => {
    for (const name of ['d011', 'd012', 'd013']) await lab.heal(name);
  });
  afterAll(async () => {
    await haifu.close();
  });

  test('after logins by password, by encrypted key, and refused ones, no secret is found anywhere', async () => {
    const keyFile = join(haifu.dataFolder, '..', `canary-key-${process.pid}`);
    await execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'canary', '-f', keyFile]);
    const publicKey = readFileSync(`${keyFile}.pub`, 'utf8').trim();
    const keyBody = readFileSync(keyFile, 'utf8').split('\n').slice(1, -2);
    try {
      await lab.fault('d011', 'password', password);
      await lab.in('d012', `echo '${publicKey}' >>/root/.ssh/authorized_keys`);
      await haifu.must(
        ['account', 'add', 'canary-wrong', '--user', 'admin', '--become', 'sudo', '--password-stdin'],
        `${wrongPassword}\n`,
      );
      await haifu.must(
        ['account', 'add', 'canary-right', '--user', 'admin', '--become', 'sudo', '--password-stdin'],
        `${password}\n`,
      );
      await haifu.must(
        ['account', 'add', 'canary-key', '--user', 'root', '--key', keyFile, '--passphrase-stdin'],
        `${passphrase}\n`,
      );
      const secrets = [password, wrongPassword, passphrase, ...keyBody];
      const processes = watchProcesses(secrets);
      const file = await buildDeb({ name: 'haifu-canary', behaviour: { sleepSeconds: 1 } });
      const answer = await haifu.run([
        ...[
          'install',
          file,
          '--device',
          'd011',
          '--device',
          'd012',
          '--device',
          'd013',
          '--host-key',
          'accept-new',
        ],
        ...['--account', 'canary-wrong', '--account', 'canary-right', '--account', 'canary-key'],
      ]);
      expect(processes.stop()).toEqual([]);
      const { run } = answer.json<RunResult>();
      const states = run.devices.map(({ name, state }) => [name, state]);
      expect(states.sort()).toEqual([
        ['d011', 'succeeded'],
        ['d012', 'succeeded'],
        ['d013', 'failed'],
      ]);
      for (const secret of secrets) {
        expect(answer.stdout + answer.stderr).not.toContain(secret);
        const here = await execute('grep', ['-rlF', '-e', secret, haifu.dataFolder]).catch(() => ({
          stdout: '',
        }));
        expect(here.stdout).toBe('');
        const there = await lab
          .in(
            'd011',
            ['grep', '-rlsF', '-e', secret, '/var/lib', '/var/log', '/tmp', '/run', '/home', '/root'].map(
              (word) => word,
            ),
          )
          .catch(() => '');
        expect(there).toBe('');
      }
    } finally {
      await execute('rm', ['-f', keyFile, `${keyFile}.pub`]);
    }
  });
});
