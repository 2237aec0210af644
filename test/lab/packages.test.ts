import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildArchive, buildDeb, buildRpm, buildRun, buildScript, startsLog } from '../fixtures/packages.ts';
import type { Lab } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

describeLab('test packages on lab devices', () => {
  let lab: Lab;
  const deb = 'd006';
  const rpm = 'd019';

  beforeAll(() => {
    lab = labOfThisRun();
  });

  /** Puts a file on a device, not over SSH, and answers where it is. */
  async function put(device: string, path: string): Promise<string> {
    const target = `/tmp/${basename(path)}`;
    const child = await lab.spawnIn(device, ['sh', '-c', `cat >'${target}'`]);
    createReadStream(path).pipe(child.stdin);
    await new Promise((resolve) => child.on('close', resolve));
    return target;
  }

  /** The exit code and what was said. */
  async function run(device: string, command: string) {
    const said = await lab.in(device, `(${command}) </dev/null 2>&1; echo "exit $?"`);
    return { exitCode: Number(/exit (\d+)$/.exec(said)?.[1]), said };
  }

  const starts = async (device: string, line: string) =>
    Number(await lab.in(device, `grep -cxF '${line}' ${startsLog} || true`));

  const aptInstall = (file: string) => `DEBIAN_FRONTEND=noninteractive apt-get install -qq -y ${file}`;

  test.each(['xz', 'gzip', 'zstd', 'none'] as const)(
    'a .deb with %s brings its dependency without a network',
    async (compression) => {
      const name = `lab-${compression}`;
      const file = await put(deb, await buildDeb({ name, compression }));
      expect(await run(deb, aptInstall(file))).toMatchObject({ exitCode: 0 });
      expect(await lab.in(deb, name)).toBe(`${name} 1.0.0`);
      expect(await lab.in(deb, 'dpkg-query -W haifu-lab-lib')).toContain('1.2.0');
      expect(await starts(deb, `${name} 1.0.0`)).toBe(1);
    },
  );

  test('a .deb fails as often as told, each start is counted, then it installs', async () => {
    const behaviour = { exitCode: 7, failingStarts: 2, output: 'stopping\n' };
    const file = await put(deb, await buildDeb({ name: 'lab-fails', depends: [], behaviour }));
    for (const count of [1, 2]) {
      const failed = await run(deb, aptInstall(file));
      expect(failed.exitCode).toBe(100);
      expect(failed.said).toContain('stopping');
      expect(await starts(deb, 'lab-fails 1.0.0')).toBe(count);
    }
    expect((await run(deb, aptInstall(file))).exitCode).toBe(0);
  });

  test('a .deb that asks for a restart and waits for a file', async () => {
    const behaviour = { requestsRestart: true, waitForFile: '/run/go-on' };
    const file = await put(deb, await buildDeb({ name: 'lab-restart', depends: [], behaviour }));
    const installation = run(deb, aptInstall(file));
    await lab.until(deb, `grep -q '^lab-restart ' ${startsLog}`);
    expect(await lab.in(deb, 'ls /run/reboot-required || true')).toBe('');
    await lab.in(deb, ': >/run/go-on');
    expect((await installation).exitCode).toBe(0);
    expect(await lab.in(deb, 'ls /run/reboot-required')).toBe('/run/reboot-required');
  });

  test('a payload is as large as asked and does not shrink', async () => {
    const path = await buildDeb({ name: 'lab-large', payloadMegabytes: 3 });
    expect((await stat(path)).size).toBeGreaterThan(3_000_000);
    expect((await stat(path)).size).toBeLessThan(3_100_000);
  });

  test.each(['noarch', 'x86_64'] as const)(
    'an .rpm for %s installs with dnf and counts',
    async (architecture) => {
      const name = `lab-${architecture}`;
      const file = await put(rpm, await buildRpm({ name, architecture }));
      expect(await run(rpm, `dnf -y install ${file}`)).toMatchObject({ exitCode: 0 });
      expect(await lab.in(rpm, ['rpm', '-q', name])).toBe(`${name}-1.0.0-1.${architecture}`);
      expect(await lab.in(rpm, name)).toBe(`${name} 1.0.0`);
      expect(await starts(rpm, `${name} 1.0.0`)).toBe(1);
      expect(await run(rpm, 'needs-restarting -r')).toMatchObject({ exitCode: 0 });
    },
  );

  test('an .rpm fails by rpm and by dnf', async () => {
    const file = await put(rpm, await buildRpm({ name: 'lab-fails', behaviour: { exitCode: 3 } }));
    expect((await run(rpm, `rpm -U ${file}`)).exitCode).toBe(1);
    expect((await run(rpm, `dnf -y install ${file}`)).exitCode).toBe(1);
    expect(await starts(rpm, 'lab-fails 1.0.0')).toBe(2);
  });

  test('an .rpm that asks for a restart does so through needs-restarting', async () => {
    const behaviour = { requestsRestart: true };
    const file = await put(rpm, await buildRpm({ name: 'lab-restart', behaviour }));
    expect((await run(rpm, `rpm -U ${file}`)).exitCode).toBe(0);
    expect(await lab.in(rpm, 'needs-restarting -r || echo "exit $?"')).toMatch(/lab-restart[\s\S]*exit 1$/);
  });

  test.each([
    ['tar.gz', 'tar -xzf'],
    ['tar.xz', 'tar -xJf'],
    ['tar.zst', 'tar --zstd -xf'],
    ['tar', 'tar -xf'],
    ['zip', 'unzip -q'],
  ] as const)('a .%s unpacks on both kinds of device and its install.sh installs', async (format, unpack) => {
    for (const [device, hasTopFolder] of [
      [deb, false],
      [rpm, true],
    ] as const) {
      const name = `lab-${format.replace('.', '-')}`;
      const file = await put(device, await buildArchive({ name, format, hasTopFolder }));
      const top = hasTopFolder ? `${name}-1.0.0` : '.';
      const install = `mkdir -p /tmp/${name} && cd /tmp/${name} && ${unpack} ${file} && ${top}/install.sh`;
      expect(await run(device, install)).toMatchObject({ exitCode: 0 });
      expect(await lab.in(device, `cat /opt/${name}/VERSION`)).toBe('1.0.0');
    }
  });

  test('a script and a self-extracting .run install, or fail with their own code', async () => {
    const script = await put(deb, await buildScript({ name: 'lab-script' }));
    expect((await run(deb, `sh ${script}`)).exitCode).toBe(0);
    expect(await lab.in(deb, 'cat /opt/lab-script/VERSION')).toBe('1.0.0');
    const behaviour = { exitCode: 42, failsAfterInstalling: true };
    const selfExtracting = await put(
      deb,
      await buildRun({ name: 'lab-run', behaviour, payloadMegabytes: 1 }),
    );
    expect((await run(deb, `sh ${selfExtracting}`)).exitCode).toBe(42);
    expect(await lab.in(deb, 'stat -c %s /opt/lab-run/payload')).toBe('1000000');
    expect(await starts(deb, 'lab-run 1.0.0')).toBe(1);
  });

  test('a package is built once for each description', async () => {
    const one = await buildRpm({ name: 'lab-same' });
    const builtAt = (await stat(one)).ctimeMs;
    expect(await buildRpm({ name: 'lab-same' })).toBe(one);
    expect((await stat(one)).ctimeMs).toBe(builtAt);
    expect(await buildRpm({ name: 'lab-same', payloadMegabytes: 1 })).not.toBe(one);
  });
});
