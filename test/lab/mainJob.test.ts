import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildArchive } from '../fixtures/archivePackage.ts';
import { buildDeb } from '../fixtures/debPackage.ts';
import { startsLog } from '../fixtures/installer.ts';
import { buildRpm } from '../fixtures/rpmPackage.ts';
import { buildScript } from '../fixtures/scriptPackage.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab, LabDevice } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

describeLab('the main job, from the command line', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  let devices: readonly LabDevice[];
  /** A failed installation's content stays for the next try: other tests of this lab may have left such. */
  let before: string[];

  beforeAll(async () => {
    lab = labOfThisRun();
    haifu = await haifuOnLab(lab);
    devices = (await lab.inventory()).devices.slice(0, 20);
    await registerLab(haifu, lab, devices);
    before = await leftovers();
  });
  afterAll(async () => {
    await haifu.close();
  });

  const leftovers = (): Promise<string[]> =>
    Promise.all(
      devices.map(({ name }) =>
        lab.in(
          name,
          'ls -A /var/lib/haifu/jobs /var/lib/haifu/cache 2>/dev/null | grep -E "[0-9a-f]{32}" || true',
        ),
      ),
    );
  const install = async (...args: string[]): Promise<RunResult['run']> =>
    (
      await haifu.must(['install', ...args, '--account', 'root-key', '--host-key', 'accept-new'])
    ).json<RunResult>().run;
  const states = (run: RunResult['run']) =>
    Object.fromEntries(run.devices.map(({ name, state }) => [name, state]));
  const starts = async (device: LabDevice, name: string) =>
    Number(await lab.in(device.name, `grep -c '^${name} ' ${startsLog} || true`));
  const ofKind = (kind: string) => devices.filter((device) => device.kind === kind);

  test('a .deb with a dependency installs on every device of the dpkg family', async () => {
    const file = await buildDeb({ name: 'haifu-main-deb', version: '1.2.0' });
    const run = await install(file, '--group', 'Lab/deb');
    expect(states(run)).toEqual(Object.fromEntries(ofKind('deb').map(({ name }) => [name, 'succeeded'])));
    for (const device of ofKind('deb')) {
      const status = await lab.in(device.name, 'dpkg -s haifu-main-deb haifu-lab-lib');
      expect(status.match(/^Status: install ok installed$/gm)).toHaveLength(2);
      expect(status).toContain('Version: 1.2.0');
      expect(await starts(device, 'haifu-main-deb')).toBe(1);
    }
  });

  test('B35: a device that has it already is skipped, and nothing is sent', async () => {
    const file = await buildDeb({ name: 'haifu-main-deb', version: '1.2.0' });
    const run = await install(file, '--device', 'd001', '--device', 'd002');
    expect(run.devices.map(({ state, failure, bytesSent }) => [state, failure?.code, bytesSent])).toEqual([
      ['skipped', 'check.alreadyInstalled', 0],
      ['skipped', 'check.alreadyInstalled', 0],
    ]);
  });

  test('an .rpm installs on the RPM family; a device of the other family is skipped with the reason', async () => {
    const file = await buildRpm({ name: 'haifu-main-rpm', version: '3.1.0' });
    const run = await install(
      file,
      ...[...ofKind('rpm').map(({ name }) => name), 'd001'].flatMap((name) => ['--device', name]),
    );
    const expected = Object.fromEntries(ofKind('rpm').map(({ name }) => [name, 'succeeded']));
    expect(states(run)).toEqual({ ...expected, d001: 'skipped' });
    expect(run.devices.find(({ name }) => name === 'd001')?.failure?.code).toBe('check.platformMismatch');
    for (const device of ofKind('rpm'))
      expect(await lab.in(device.name, 'rpm -q haifu-main-rpm')).toBe('haifu-main-rpm-3.1.0-1.noarch');
  });

  test.each(['tar.gz', 'tar.xz', 'tar.zst', 'zip'] as const)(
    'a .%s archive installs by its command',
    async (format) => {
      const name = `haifu-main-${format.replace('.', '-')}`;
      const file = await buildArchive({ name, version: '0.9.0', format });
      await haifu.must(['package', 'add', file, '--command', 'sh ./install.sh']);
      const run = await install(name, '--device', 'd003', '--device', 'd018');
      expect(states(run)).toEqual({ d003: 'succeeded', d018: 'succeeded' });
      for (const device of ['d003', 'd018'])
        expect(await lab.in(device, `cat /opt/${name}/VERSION`)).toBe('0.9.0');
    },
  );

  test('a script installs on both families', async () => {
    const file = await buildScript({ name: 'haifu-main-script', version: '2.0.0' });
    const run = await install(file, '--device', 'd004', '--device', 'd019');
    expect(states(run)).toEqual({ d004: 'succeeded', d019: 'succeeded' });
  });

  test('a login that becomes root by sudo with its password installs as root does', async () => {
    const file = await buildDeb({ name: 'haifu-main-sudo', version: '1.0.0' });
    const answer = await haifu.must([
      ...['install', file, '--device', 'd005', '--account', 'admin', '--host-key', 'accept-new'],
    ]);
    expect(states(answer.json<RunResult>().run)).toEqual({ d005: 'succeeded' });
    expect(await lab.in('d005', 'dpkg -s haifu-main-sudo')).toContain('Status: install ok installed');
    expect(await lab.in('d005', 'ls -A /home/admin/.cache/haifu 2>/dev/null || true')).toBe('');
  });

  test('B84: nothing is left on the devices', async () => {
    expect(await leftovers()).toEqual(before);
  });
});
