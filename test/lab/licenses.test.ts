import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debDevices, type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';
import { watchProcesses } from './watchProcesses.ts';

const execute = promisify(execFile);
const key = 'LIC-CANARY-1111-2222';

/** Says the key aloud, as bad installers do, and keeps what it was given. */
const installer = `#!/bin/sh
if [ "$1" = --license-file ]; then
  ls -l "$2" | cut -c 1-10 >/opt/license.mode
  cat "$2" >/opt/license.given
  echo "license: $(cat "$2")"
else
  printf %s "$TOOL_KEY" >/opt/license.given
  echo "license: $TOOL_KEY"
fi
sleep 1
`;

interface LicenseShown {
  readonly license: {
    readonly key: string;
    readonly seatsUsed: number;
    readonly devices: readonly { readonly deviceName: string }[];
  };
}

describeLab('B36: a license on real devices', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  const names: string[] = [];

  beforeAll(async () => {
    lab = labOfThisRun();
    const devices = await debDevices(lab, 2);
    names.push(...devices.map(({ name }) => name));
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab, devices);
  });
  afterAll(async () => {
    for (const name of names) await lab.in(name, 'rm -f /opt/license.*');
    await haifu.close();
  });

  /** Where the key stands: files of the server's data folder, of the device, and of the device's log of the run. */
  async function traces(name: string, runId: string): Promise<string[]> {
    const here = await execute('grep', ['-rlF', '-e', key, haifu.dataFolder]).catch(() => ({ stdout: '' }));
    const search = ['grep', '-rlsF', '-e', key, '/var/lib', '/var/log', '/tmp', '/run', '/root', '/home'];
    const there = await lab.in(name, search).catch(() => '');
    const { stdout, stderr } = await haifu.must(['run', 'log', runId, name]);
    expect(stdout).toContain('license: *****');
    return [here.stdout, there, (stdout + stderr).includes(key) ? 'log' : ''].filter((found) => found !== '');
  }
  const jobsOf = (name: string): Promise<string> => lab.in(name, 'ls /var/lib/haifu/jobs');
  const shown = async () => (await haifu.must(['license', 'show', 'Tool'])).json<LicenseShown>().license;

  test('reaches installers by file and by environment, stands nowhere else, and is counted by devices', async () => {
    const [first, second] = names as [string, string];
    const file = join(haifu.dataFolder, 'licensed-tool-1.0.run');
    await writeFile(file, installer);
    await haifu.must(
      ['license', 'add', 'Tool', '--product', 'licensed-*', '--seats', '1', '--key-stdin'],
      `${key}\n`,
    );
    const delivery = 'parameter:--license-file {licenseFile}';
    await haifu.must(['package', 'add', file, '--license', 'Tool', '--license-delivery', delivery]);
    const install = (...more: string[]) =>
      haifu.run([
        ...['install', 'licensed-tool', '--account', 'root-key', '--host-key', 'accept-new'],
        ...['--concurrency', '1', '--reinstall', ...more],
      ]);

    const byFile = watchProcesses([key]);
    const both = await install('--device', first, '--device', second);
    expect(byFile.stop()).toEqual([]);
    expect(both.exitCode).toBe(1);
    const { run } = both.json<RunResult>();
    expect(run.devices.map(({ state, failure, attempts }) => [state, failure?.code, attempts])).toEqual([
      ['succeeded', undefined, 0],
      ['notStarted', 'license.exhausted', 0],
    ]);
    expect(await lab.in(first, 'cat /opt/license.given /opt/license.mode')).toBe(`${key}\n-rw-------`);
    expect(await traces(first, run.id)).toEqual([]);
    expect([await jobsOf(first), await lab.in(second, 'ls /opt')]).toEqual(['', '']);
    expect(await shown()).toMatchObject({
      key: '*****2222',
      seatsUsed: 1,
      devices: [{ deviceName: first }],
    });

    await haifu.must(['license', 'release', 'Tool', first, '--yes']);
    await haifu.must(['package', 'set', 'licensed-tool', '--license-delivery', 'environment:TOOL_KEY']);
    const byVariable = watchProcesses([key], ['cmdline']);
    const retried = await haifu.must(['run', 'retry', run.id, '--not-started']);
    expect(byVariable.stop()).toEqual([]);
    const again = retried.json<RunResult>().run;
    expect(again.devices).toMatchObject([{ name: second, state: 'succeeded' }]);
    expect(await lab.in(second, 'cat /opt/license.given')).toBe(key);
    expect(await traces(second, again.id)).toEqual([]);
    expect(await jobsOf(second)).toBe('');
    expect(await shown()).toMatchObject({ seatsUsed: 1, devices: [{ deviceName: second }] });

    await haifu.must(['license', 'set', 'Tool', '--seats', '5', '--expires', '2020-01-31']);
    const planned = await install('--device', first, '--plan');
    expect(planned.json<unknown>()).toMatchObject({ plan: [{ failure: { code: 'license.expired' } }] });
    expect((await install('--device', first)).exitCode).toBe(4);
  });
});
