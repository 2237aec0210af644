import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootstrapCommand } from '../../src/job/bootstrap.ts';
import { quote } from '../../src/job/quote.ts';
import { install } from './orders.ts';
import { FakeDevice, installedShells, logOf } from './shells.ts';

const isRoot = process.getuid?.() === 0;

describe.each(installedShells())('launching under $name', (shell) => {
  let device: FakeDevice;
  beforeEach(() => {
    device = new FakeDevice(shell);
  });
  afterEach(() => device.dispose());

  /** fake: systemd-run hands the command to another process, with none of our descriptors. Units are not proven. */
  const fakeSystemd = (delay: string) => {
    mkdirSync(join(device.folder, 'systemd/system'), { recursive: true });
    device.fakeProgram(
      'systemd-run',
      `for word do case $word in --*) shift ;; *) break ;; esac; done
echo "$@" > '${device.folder}/unit'
( exec 7<&- 9>&- >/dev/null 2>&1; sleep ${delay}; exec setsid "$@" ) &`,
    );
  };

  it.runIf(isRoot).each(['0', '0.5'])('uses a unit of systemd that begins after %s s', async (delay) => {
    fakeSystemd(delay);
    const { events } = await install(device, 'echo hello; exit 4');
    expect(existsSync(`${device.folder}/unit`)).toBe(true);
    expect(logOf(events)).toBe('hello\n');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 4 } });
  });

  it.runIf(isRoot)('goes without systemd when it refuses', async () => {
    mkdirSync(join(device.folder, 'systemd/system'), { recursive: true });
    device.fakeProgram('systemd-run', 'echo Failed to connect to bus >&2; exit 1');
    const { events } = await install(device, 'echo hello; exit 4');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 4 } });
  });

  it.runIf(isRoot)('works for a login that is not root', async () => {
    for (const folder of [device.folder, device.home, device.programs]) chmodSync(folder, 0o755);
    mkdirSync(device.state, { mode: 0o700 });
    chownSync(device.state, 65_534, 65_534);
    device.uid = 65_534;
    const { events, request } = await install(device, 'id -u; exit 4');
    expect(logOf(events)).toBe('65534\n');
    expect(readFileSync(join(device.state, 'jobs', request.attemptId, 'rc'), 'utf8')).toBe('exit 4\n');
  });
});

describe('what a shell reads', () => {
  it.each(['', 'plain', "it's", '$(x) `y` "z" \\', 'a\nb', '-n', '日本語', '*'])(
    '%j comes out as it was',
    async (value) => {
      for (const shell of installedShells()) {
        const device = new FakeDevice(shell);
        expect((await device.run(`printf '%s' ${quote(value)}`)).output).toBe(value);
        device.dispose();
      }
    },
  );

  it('no NUL', () => expect(() => quote('a\0b')).toThrow());

  it('no marker that could be more than a word', () => {
    expect(() => bootstrapCommand('x', { readyMarker: 'a; reboot' })).toThrow();
    expect(bootstrapCommand('é', { readyMarker: 'ready:1' })).toBe(
      `exec /bin/sh -c 'echo ready:1; eval "$(head -c 2)"'`,
    );
  });

  it('nothing of a script that was cut on its way', async () => {
    const device = new FakeDevice(installedShells()[0]!);
    const { probeScript } = await import('../../src/job/probe.ts');
    const whole = probeScript({
      nonce: 'a'.repeat(32),
      tools: [],
      detection: null,
      content: null,
      attemptId: null,
    });
    for (let length = 2; length < whole.length - 1; length += 331) {
      const child = device.spawn(whole.slice(0, length));
      child.stdin?.end();
      let output = '';
      child.stdout?.on('data', (chunk) => {
        output += chunk;
      });
      await new Promise((resolve) => child.on('close', resolve));
      expect([length, output]).toEqual([length, '']);
    }
    device.dispose();
  });
});
