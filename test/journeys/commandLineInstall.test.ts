import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealSshd, sshdProgram, sshKeygen, startRealSshd } from '../delivery/realSshd.ts';
import { haifuOf } from './haifuProgram.ts';

let folder = '';
let device: RealSshd;
const haifu = haifuOf(() => folder);

beforeAll(async () => {
  if (sshdProgram === null) return;
  folder = await mkdtemp(join(tmpdir(), 'haifu-install-'));
  device = await startRealSshd();
  sshKeygen('-q', '-t', 'ed25519', '-N', 'open sesame', '-f', join(folder, 'key'));
  await device.allow(await readFile(join(folder, 'key.pub'), 'utf8'));
  await writeFile(
    join(folder, 'hello.sh'),
    '#!/bin/sh\nprintf "\\033]0;owned\\007greeting\\n"\ntest -e "$HOME/broken" && exit 7\nexit 0\n',
  );
});
afterAll(async () => {
  if (sshdProgram === null) return;
  await haifu(['server', 'stop']);
  await device.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(sshdProgram === null)('haifu installs on a real device', { timeout: 60_000 }, () => {
  it('takes a protected key with its passphrase from standard input', async () => {
    const words = [
      'account',
      'add',
      'me',
      '--user',
      device.user,
      '--key',
      join(folder, 'key'),
      '--become',
      'none',
    ];
    expect(await haifu([...words, '--json'])).toMatchObject({
      status: 2,
      json: { error: { code: 'key.passphraseMissing' } },
    });
    expect(await haifu([...words, '--passphrase-stdin'], 'wrong\n')).toMatchObject({ status: 2 });
    const added = await haifu([...words, '--passphrase-stdin', '--json'], 'open sesame\n');
    expect(added).toMatchObject({ status: 0, json: { account: { hasPassphrase: true } } });
  });

  it('B100 trusts a host key only after it was reviewed', async () => {
    await haifu(['device', 'add', `127.0.0.1:${device.port}`, '--name', 'desk', '--group', 'Office']);
    const blocked = await haifu(['device', 'check', 'desk', '--account', 'me', '--json']);
    expect(blocked).toMatchObject({
      status: 1,
      json: { devices: [{ failure: { code: 'hostKey.unknown' } }] },
    });
    await haifu(['hostkey', 'scan', 'desk']);
    const pending = await haifu(['hostkey', 'list', '--state', 'pending', '--json']);
    expect(pending.json.hostKeys).toHaveLength(1);
    expect(await haifu(['hostkey', 'trust', 'desk'])).toMatchObject({
      status: 4,
      err: expect.stringContaining(String(pending.json.hostKeys![0]!.fingerprint)),
    });
    expect(await haifu(['hostkey', 'trust', '--all', '--yes'])).toMatchObject({ status: 0 });
    expect(await haifu(['device', 'check', 'desk', '--account', 'me'])).toMatchObject({ status: 0 });
  });

  it('B91 plans without touching, B1 installs from a file, B64 makes the package once', async () => {
    const words = [
      'install',
      join(folder, 'hello.sh'),
      '--detect',
      'receipt',
      '--group',
      'Office',
      '--account',
      'me',
    ];
    const plan = await haifu([...words, '--plan', '--json']);
    expect(plan).toMatchObject({
      status: 0,
      json: { plan: [{ name: 'desk', action: 'install', attempts: 0 }] },
    });
    const installed = await haifu([...words, '--restart', 'never', '--json']);
    expect(installed).toMatchObject({
      status: 0,
      json: {
        run: {
          state: 'finished',
          devices: [
            { name: 'desk', state: 'succeeded', attempt: 1, attempts: 0, failure: null, exitCode: 0 },
          ],
          summary: { succeeded: 1 },
        },
      },
    });
    expect((await haifu(['package', 'list', '--json'])).json.packages).toHaveLength(1);
    expect(await haifu([...words, '--json'])).toMatchObject({
      status: 0,
      json: { run: { devices: [{ state: 'skipped', failure: { code: 'check.alreadyInstalled' } }] } },
    });
  });

  it('B102 prints the installer’s output without what it says to the terminal', async () => {
    const { status, out } = await haifu(['run', 'log', '1', 'desk']);
    expect(status).toBe(0);
    expect(out).toContain('greeting');
    expect(out).not.toContain('\x1b');
  });

  it('B23, B27, B30 stops after the number of attempts, and goes on when it is raised', async () => {
    const words = ['--device', 'desk', '--account', 'me', '--attempts', '2', '--reinstall', '--json'];
    await writeFile(join(folder, 'fails.sh'), '#!/bin/sh\necho no luck\nexit 7\n');
    const installed = await haifu(['install', join(folder, 'fails.sh'), ...words]);
    expect(installed).toMatchObject({
      status: 1,
      json: {
        run: {
          devices: [
            {
              state: 'failed',
              attempt: 2,
              attempts: 2,
              exitCode: 7,
              failure: { code: 'installer.exitCode' },
            },
          ],
        },
      },
    });
    const [, raise] = /haifu (task set \d+ --attempts 5)/.exec(installed.err) ?? [];
    const [, retry] = /haifu (run retry \d+ --failed)/.exec(installed.err) ?? [];
    const blocked = await haifu([...retry!.split(' '), '--json']);
    expect(blocked).toMatchObject({
      status: 1,
      json: { error: { code: 'attempts.allExhausted' } },
      err: expect.stringMatching(/haifu task set \d+ --attempts N .* new task/),
    });
    expect(await haifu(raise!.split(' '))).toMatchObject({ status: 0 });
    const again = await haifu([...retry!.split(' '), '--json']);
    expect(again).toMatchObject({
      json: { run: { devices: [{ state: 'failed', attempt: 5, attempts: 5 }] } },
    });
  });
});
