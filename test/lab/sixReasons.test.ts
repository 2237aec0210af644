import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildDeb } from '../fixtures/debPackage.ts';
import { startsLog } from '../fixtures/installer.ts';
import { debDevices, type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab, LabDevice } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

const troubled = ['d001', 'd002', 'd003', 'd004', 'd005', 'd006'];

describeLab('six troubles among twenty devices', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  let devices: readonly LabDevice[];

  beforeAll(async () => {
    lab = labOfThisRun();
    devices = await debDevices(lab, 20);
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab, devices);
  });
  afterEach(async () => {
    await lab.powerOn('d001').catch(() => undefined);
    await lab.in('d002', 'mv /root/.ssh/away /root/.ssh/authorized_keys');
    for (const name of troubled) await lab.heal(name);
  });
  afterAll(async () => {
    await haifu.close();
  });

  test('each has its own reason, and no other device notices', async () => {
    const names = devices.map(({ name }) => name);
    // Host keys are known before one of them changes.
    await haifu.must(['device', 'check', ...names, '--account', 'root-key', '--host-key', 'accept-new']);
    await lab.powerOff('d001');
    await lab.in('d002', 'mv /root/.ssh/authorized_keys /root/.ssh/away');
    await lab.fault('d003', 'diskFull', 200);
    await lab.fault('d004', 'packageLock', 20);
    await lab.in('d005', 'touch /etc/haifu-lab-fails');
    await lab.fault('d006', 'hostKey');
    const file = await buildDeb({
      name: 'haifu-six',
      payloadMegabytes: 1,
      behaviour: { exitCode: 3, onlyIfFile: '/etc/haifu-lab-fails' },
    });
    const answer = await haifu.run([
      ...['install', file, ...names.flatMap((name) => ['--device', name])],
      ...['--account', 'root-key', '--attempts', '2'],
    ]);
    expect(answer.exitCode).toBe(1);
    const { run } = answer.json<RunResult>();
    const of = Object.fromEntries(run.devices.map((device) => [device.name, device]));
    const seen = (name: string) => [of[name]?.state, of[name]?.failure?.code ?? null, of[name]?.attempts];
    // B27: only an installer that ran and failed counts.
    expect(seen('d001')).toEqual(['unreachable', expect.stringMatching(/^device\./), 0]);
    expect(seen('d002')).toEqual(['failed', 'account.refused', 0]);
    expect(seen('d003')).toEqual(['failed', 'check.diskFull', 0]);
    expect(seen('d004')).toEqual(['succeeded', null, 0]);
    expect(seen('d005')).toEqual(['failed', 'installer.exitCode', 2]);
    expect(seen('d006')).toEqual(['failed', 'hostKey.changed', 0]);
    for (const name of names.filter((name) => !troubled.includes(name)))
      expect([name, ...seen(name)]).toEqual([name, 'succeeded', null, 0]);
    expect(await lab.in('d005', `grep -c '^haifu-six ' ${startsLog}`)).toBe('2');
    expect(await lab.in('d004', 'dpkg -s haifu-six')).toContain('Status: install ok installed');

    // B30: exhausted; raising the number lets it start again, with the counter kept.
    const retried = await haifu.run(['run', 'retry', run.id, '--device', 'd005']);
    expect(retried.json<unknown>()).toMatchObject({ error: { code: 'attempts.allExhausted' } });
    await lab.in('d005', 'rm /etc/haifu-lab-fails; dpkg --purge --force-all haifu-six');
    await haifu.must(['task', 'set', run.task, '--attempts', '3']);
    const raised = await haifu.must(['run', 'retry', run.id, '--device', 'd005']);
    expect(raised.json<RunResult>().run.devices[0]).toMatchObject({
      state: 'succeeded',
      attempt: 3,
      attempts: 2,
    });
    expect(await lab.in('d005', `grep -c '^haifu-six ' ${startsLog}`)).toBe('3');
  });
});
