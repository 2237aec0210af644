import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install } from './orders.ts';
import { FakeDevice, installedShells, logOf } from './shells.ts';

describe.each(installedShells())('start under $name', (shell) => {
  let device: FakeDevice;
  beforeEach(() => {
    device = new FakeDevice(shell);
  });
  afterEach(() => device.dispose());

  it('runs the plan once, streams its log, says the exit code and the detection', async () => {
    const { events } = await install(
      device,
      'echo "in $(pwd | sed "s:.*/::")"; cat "$HAIFU_PACKAGE"; exit 0',
    );
    expect(events[0]).toEqual({ kind: 'started', isNew: true });
    expect(logOf(events)).toMatch(/^in work\ncontent of echo/);
    expect(events.at(-2)).toEqual({ kind: 'end', end: { kind: 'exit', code: 0 } });
    expect(events.at(-1)).toEqual({
      kind: 'verified',
      verification: {
        detection: { state: 'present', installedVersion: '1.0' },
        isRestartRequired: false,
        bootId: 'boot-one',
      },
    });
  });

  it('says a failing exit code and writes no receipt', async () => {
    const { events } = await install(device, 'echo no; exit 42');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 42 } });
    expect(events.at(-1)).toMatchObject({ verification: { detection: { state: 'absent' } } });
  });

  it('says the signal that ended the installer', async () => {
    const { events } = await install(device, 'kill -9 $$');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'signal', code: 137, signal: 'SIGKILL' } });
  });
});
