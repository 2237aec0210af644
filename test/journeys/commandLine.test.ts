import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { haifuLauncher, haifuOf, inTerminal, userEnvironment } from './haifuProgram.ts';

let folder = '';
/** Holds a port that nothing listens on after it is closed. */
let closedPort = 0;
const haifu = haifuOf(() => folder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-cli-'));
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closedPort = (server.address() as { port: number }).port;
  await new Promise((resolve) => server.close(resolve));
  await writeFile(join(folder, 'hello.sh'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
});
afterAll(async () => {
  await haifu(['server', 'stop']);
  await rm(folder, { recursive: true, force: true });
});

describe('haifu, as a user runs it', { timeout: 60_000 }, () => {
  it('tells wrong usage from a server that is not there', async () => {
    expect(await haifu(['instal'])).toMatchObject({ status: 2, err: expect.stringContaining('“install”') });
    expect(await haifu(['--json'])).toMatchObject({
      status: 2,
      json: { error: { code: 'usage' } },
      err: expect.stringContaining('terminal'),
    });
    expect(await haifu(['server', 'status', '--json'])).toMatchObject({
      status: 3,
      json: { error: { code: 'server.unreachable' } },
    });
    expect((await haifu(['task', 'lsit'], '', { LANG: 'ja_JP.UTF-8' })).err).toContain(
      '「list」ではありませんか',
    );
  });

  it('keeps packages, groups, devices and accounts', async () => {
    const added = await haifu([
      'package',
      'add',
      join(folder, 'hello.sh'),
      '--name',
      'hello',
      '--version',
      '1',
      '--detect',
      'receipt',
      '--json',
    ]);
    expect(added.json.packages).toMatchObject([{ name: 'hello', version: '1', isReused: false }]);
    await writeFile(
      join(folder, 'list.csv'),
      `名前,アドレス,ポート\n東京,127.0.0.1,${closedPort}\n悪,-bad,\n`,
    );
    const imported = await haifu([
      'device',
      'import',
      join(folder, 'list.csv'),
      '--group',
      'Tokyo/Web',
      '--json',
    ]);
    expect(imported).toMatchObject({
      status: 2,
      json: { format: 'csv', added: [{ name: '東京' }], updated: [] },
    });
    expect(imported.json.groups).toEqual([{ path: 'Tokyo/Web', devices: 1 }]);
    expect(imported.json.refused).toMatchObject([{ line: 3, failure: { code: 'input.invalid' } }]);
    expect((await haifu(['device', 'list', '--group', 'tokyo', '--json'])).json.devices).toMatchObject([
      { name: '東京', port: closedPort, group: 'Tokyo/Web' },
    ]);
    expect((await haifu(['group', 'list', '--json'])).json.groups).toMatchObject([
      { path: 'Tokyo', devices: 1 },
      { path: 'Tokyo/Web', devices: 1 },
    ]);
  });

  it('makes no task that nobody could log in for', async () => {
    const refused = await haifu(['install', 'hello', '--group', 'Tokyo', '--json']);
    expect(refused).toMatchObject({ status: 2, json: { error: { code: 'input.noAccount' } } });
    expect(refused.err).toContain('haifu account add');
    expect((await haifu(['task', 'list', '--json'])).json.tasks).toEqual([]);
  });

  it('B101 takes secrets from standard input only, and shows none', async () => {
    const words = [
      'account',
      'add',
      'deploy',
      '--user',
      'deploy',
      '--password-stdin',
      '--become-password-stdin',
    ];
    const added = await haifu([...words, '--json'], 'first secret\nsecond secret\n');
    expect(added).toMatchObject({
      status: 0,
      json: { account: { hasPassword: true, hasBecomePassword: true } },
    });
    const listed = await haifu(['account', 'list', '--json']);
    expect(added.out + added.err + listed.out + listed.err).not.toMatch(/first|second/);
    // What is not given stays: the kind needs its password, which is not sent again.
    const change = ['account', 'set', 'deploy', '--user', 'deployer', '--become-password-stdin', '--json'];
    expect(await haifu(change, 'third secret\n')).toMatchObject({
      status: 0,
      json: { account: { user: 'deployer', hasPassword: true, hasBecomePassword: true, become: 'sudo' } },
    });
    expect(await haifu(words.with(2, 'other'), 'only one\n')).toMatchObject({ status: 2 });
    expect(await haifu(['account', 'add', 'x', '--user', 'x'])).toMatchObject({ status: 2 });
    expect(await haifu(['account', 'remove', 'deplyo'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('Did you mean “deploy”?'),
    });
  });

  it('asks before it removes, and is refused where nobody can answer', async () => {
    expect(await haifu(['device', 'remove', '東京', '--json'])).toMatchObject({
      status: 4,
      json: { error: { code: 'input.confirmationMissing' } },
    });
  });

  it('installs, ends with the promised document, and offers the retry', async () => {
    const installed = await haifu(['install', 'hello', '--group', 'Tokyo', '--account', 'deploy', '--json']);
    expect(installed.status).toBe(1);
    expect(installed.json.run).toMatchObject({
      state: 'finished',
      devices: [
        {
          name: '東京',
          address: '127.0.0.1',
          state: 'unreachable',
          attempts: 0,
          failure: { code: 'device.refused' },
          exitCode: null,
        },
      ],
      summary: { succeeded: 0, failed: 0, skipped: 0, unreachable: 1, cancelled: 0, notStarted: 0 },
    });
    expect(installed.err).toContain('haifu run retry 1 --unreachable');
  });

  it('watches plainly where there is no terminal', async () => {
    const retried = await haifu(['run', 'retry', '1', '--unreachable']);
    expect(retried.status).toBe(1);
    expect(retried.out).toContain('[1/1] 東京 (127.0.0.1): unreachable — ');
    expect(retried.out).toContain('→ Start the SSH server on the device');
    const watched = await haifu(['run', 'watch', '2']);
    expect(watched).toMatchObject({
      status: 1,
      out: expect.stringContaining('haifu run retry 2 --unreachable'),
    });
    expect(await haifu(['run', 'retry', '1', '--failed'])).toMatchObject({ status: 2 });
    expect(await haifu(['run', 'retry', '1'])).toMatchObject({ status: 2 });
    expect((await haifu(['run', 'cancel', '1', '--json'])).json.cancelled).toEqual([]);
  });

  it('reports a run in every form', async () => {
    for (const [format, sign] of [
      ['text', '東京'],
      ['csv', 'device.refused'],
      ['json', '"run"'],
      ['junit', '<testsuites'],
      ['html', '<!doctype html>'],
    ] as const) {
      const { status, out } = await haifu(['report', '1', '--format', format]);
      expect(status).toBe(0);
      expect(out).toContain(sign);
    }
  });

  it('makes a task without running it, and changes it', async () => {
    const made = await haifu([
      'install',
      'hello',
      '--address',
      '127.0.0.2-3',
      '--no-run',
      '--attempts',
      '2',
      '--json',
    ]);
    expect(made.err).toContain('Account: deploy (the only one)');
    expect(made).toMatchObject({ status: 0, json: { task: { settings: { attemptsLimit: 2 } } } });
    const name = String(made.json.task!.name);
    expect(name).toBe('Installation of hello (2)');
    const set = await haifu(['task', 'set', name, '--attempts', '5', '--restart', 'never', '--json']);
    expect(set.json.task!.settings).toMatchObject({ attemptsLimit: 5, restart: { kind: 'doNotRestart' } });
    expect(await haifu(['task', 'set', name, '--attempts', '100'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('from 1 to 99'),
    });
    expect(await haifu(['task', 'remove', name, '--yes'])).toMatchObject({ status: 0 });
  });

  it('completes words in bash, from its own tables and from the server', async () => {
    const answers = (...typed: string[]) => {
      const script = `source <("$0" completion bash); COMP_WORDS=("$0" "$@"); COMP_CWORD=$#; _haifu; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return promisify(execFile)('bash', ['-c', script, haifuLauncher, ...typed], {
        env: userEnvironment(folder),
      }).then(({ stdout }) => stdout.trimEnd().split('\n'));
    };
    expect(await answers('device', 'im')).toEqual(['import']);
    expect(await answers('install', 'hello', '--group', 'Tokyo/')).toEqual(['Tokyo/Web']);
    expect(await answers('install', 'hello', '--account', '')).toEqual(['deploy']);
  });

  it('is quiet when its reader goes away', async () => {
    const child = spawn(haifuLauncher, ['install', '--help'], { env: userEnvironment(folder) });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('reads a password on a terminal without showing it', async () => {
    const terminal = inTerminal(folder, ['account', 'add', 'typed', '--user', 'me', '--become', 'none']);
    await terminal.until('Password of me');
    terminal.type('hunte\x7fer22\x7f\r');
    const { status, screen } = await terminal.ended;
    expect(status).toBe(0);
    expect(screen).toContain('Added: typed');
    expect(screen).not.toContain('hunt');
  });

  it('B85 leaves a run with Ctrl-C and comes back to it', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const terminal = inTerminal(folder, [
      'install',
      'hello',
      '--address',
      `127.0.0.1:${port}`,
      '--account',
      'typed',
    ]);
    await terminal.until('connecting');
    terminal.type('\x03');
    const { status, screen } = await terminal.ended;
    expect(status).toBe(130);
    const number = /haifu run watch (\d+)/.exec(screen)?.[1];
    expect(number).toBeDefined();
    expect((await haifu(['run', 'show', number!, '--json'])).json.run).toMatchObject({ state: 'running' });
    await haifu(['run', 'cancel', number!]);
    const watched = await haifu(['run', 'watch', number!]);
    expect(watched).toMatchObject({ status: 1, out: expect.stringContaining('cancelled') });
    silent.close();
  });

  it('stops the server, and stopping again is no mistake', async () => {
    expect(await haifu(['server', 'stop'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('has stopped'),
    });
    expect(await haifu(['server', 'stop'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('not running'),
    });
  });
});
