import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as pty from '@lydell/node-pty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestartOption } from '../../src/domain/model.ts';
import { newNonce } from '../../src/job/nonce.ts';
import { parseRestart, restartScript } from '../../src/job/restart.ts';
import { FakeDevice, installedShells, newAttemptId } from './shells.ts';

const option: RestartOption = {
  kind: 'promptUser',
  message: 'アップデートのため再起動します\nPlease \u001b]0;save your work',
  repeatMinutes: 5,
  automaticMinutes: 30,
  forceClose: false,
};

describe.each(installedShells())('restart under $name', (shell) => {
  let device: FakeDevice;
  let attemptId: string;
  let terminal: pty.IPty | null;
  let bin: string;
  const run = () => join(device.folder, 'run');
  const place = () => (process.getuid?.() === 0 ? join(run(), 'haifu') : join(device.state, 'run'));

  beforeEach(() => {
    device = new FakeDevice(shell);
    attemptId = newAttemptId();
    terminal = null;
    bin = join(device.folder, 'bin');
    mkdirSync(bin);
    mkdirSync(run());
    Object.assign(device.environment, { HAIFU_RUN_DIR: run(), HAIFU_BIN_DIR: bin });
    device.fakeProgram('shutdown', `echo "$@" >> '${device.folder}/restarted'`);
    device.fakeProgram('who', ':');
  });
  afterEach(() => {
    const owner = join(place(), 'owner');
    if (existsSync(owner)) process.kill(-Number(readFileSync(owner, 'utf8').split(' ')[0]), 'SIGKILL');
    terminal?.kill();
    device.dispose();
  });

  const ask = async (more: Partial<RestartOption> = {}) => {
    const nonce = newNonce();
    const script = restartScript({ nonce, attemptId, option: { ...option, ...more } });
    const answer = parseRestart((await device.run(script)).output, nonce);
    return answer.ok ? answer.value : answer.failure;
  };
  const restarts = () =>
    existsSync(`${device.folder}/restarted`) ? readFileSync(`${device.folder}/restarted`, 'utf8') : '';
  const until = async (isDone: () => boolean) => {
    while (!isDone()) await pause(20);
  };
  /** Somebody on a real terminal, as far as who(1) is concerned. */
  const logIn = () => {
    terminal = pty.spawn('/bin/sh', ['-c', 'tty; exec cat'], {});
    let shown = '';
    terminal.onData((data) => {
      shown += data;
    });
    return {
      shown: () => shown,
      ready: until(() => /pts\/\d+/.test(shown)).then(() => {
        const name = /pts\/\d+/.exec(shown)?.[0];
        device.fakeProgram('who', `echo '${process.env['USER'] ?? 'root'} ${name} 2026-01-01 00:00'`);
      }),
    };
  };
  const answer = (...words: string[]) => device.run(`${join(bin, 'haifu-restart')} ${words.join(' ')}`);

  it('restarts at once, once, however often it is asked', async () => {
    expect(await ask({ kind: 'restart' })).toEqual({ kind: 'restarting' });
    await until(() => restarts() !== '');
    expect(await ask({ kind: 'restart' })).toEqual({ kind: 'restarting' });
    expect(restarts()).toBe('-r now\n');
  });

  it('says restarted after the device came back, and does not restart it again', async () => {
    await ask({ kind: 'restart' });
    await until(() => restarts() !== '');
    device.restart('boot-two');
    expect(await ask({ kind: 'restart' })).toEqual({ kind: 'restarted', bootId: 'boot-two' });
    expect(restarts()).toBe('-r now\n');
  });

  it('restarts at once when nobody is logged in to be asked (B41)', async () => {
    expect(await ask()).toEqual({ kind: 'restarting' });
    await until(() => restarts() !== '');
  });

  it('shows the message and the way to answer, waits, and restarts when the user says now', async () => {
    const user = logIn();
    await user.ready;
    expect(await ask()).toMatchObject({ kind: 'waitingForUser', secondsLeft: expect.closeTo(1800, -1) });
    await until(() => user.shown().includes('haifu-restart status'));
    expect(user.shown().replace(/\r+/g, '')).toContain(
      'アップデートのため再起動します\nPlease  ]0;save your work',
    );
    expect((await answer('status')).output).toMatch(/^\d\d:\d\d \(30 min\)\n$/);
    expect(restarts()).toBe('');
    await answer('now');
    await until(() => restarts() !== '');
    expect(await ask()).toEqual({ kind: 'restarting' });
    expect(existsSync(join(bin, 'haifu-restart'))).toBe(false);
  });

  it('postpones by later, to at most eight hours after the first time', async () => {
    const user = logIn();
    await user.ready;
    await ask();
    const secondsLeft = async () => {
      const status = await ask();
      return 'secondsLeft' in status ? status.secondsLeft : 0;
    };
    await answer('later', '60');
    while ((await secondsLeft()) < 3500) await pause(50);
    expect(await secondsLeft()).toBeLessThanOrEqual(3600);
    await answer('later', '9999');
    while ((await secondsLeft()) < 3700) await pause(50);
    expect(await secondsLeft()).toBeLessThanOrEqual(8.5 * 3600);
    expect((await answer('later', '0x10')).code).toBe(2);
    expect(restarts()).toBe('');
  });

  it('restarts when the user has logged out', async () => {
    const user = logIn();
    await user.ready;
    expect(await ask()).toMatchObject({ kind: 'waitingForUser' });
    device.fakeProgram('who', ':');
    await until(() => restarts() !== '');
  });

  it('follows no link and believes no odd name in the folder of answers', async () => {
    const user = logIn();
    await user.ready;
    await ask();
    const answers = join(place(), 'answers');
    const victim = join(device.folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(answers, 'now.1'));
    writeFileSync(join(answers, 'later.$(reboot).1'), '');
    writeFileSync(join(answers, 'later.99999999999999999999.1'), '');
    writeFileSync(join(answers, 'later.20.1'), '');
    await until(() => !existsSync(join(answers, 'later.20.1')));
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(restarts()).toBe('');
    expect(await ask()).toMatchObject({ kind: 'waitingForUser' });
  });

  it('ends the sessions first when it is told to (B43)', async () => {
    device.fakeProgram('who', 'echo "ann pts/3 2026-01-01 00:00"');
    device.fakeProgram('pkill', `echo "$@" >> '${device.folder}/ended'`);
    device.fakeProgram('loginctl', ':');
    expect(await ask({ kind: 'restart', forceClose: true })).toEqual({ kind: 'restarting' });
    await until(() => restarts() !== '');
    expect(readFileSync(`${device.folder}/ended`, 'utf8')).toBe('-TERM -t pts/3\n-KILL -t pts/3\n');
  });

  it('says why it may not restart', async () => {
    device.fakeProgram('shutdown', 'echo "must be root" >&2; exit 1');
    device.fakeProgram('reboot', 'echo "must be superuser" >&2; exit 1');
    expect(await ask({ kind: 'restart' })).toMatchObject({
      code: 'restart.notPermitted',
      params: { detail: 'must be superuser' },
      stage: 'restart',
    });
  });
});
