import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildDeb } from '../fixtures/debPackage.ts';
import { startsLog } from '../fixtures/installer.ts';
import { program } from '../journeys/haifuTerminal.ts';
import { Terminal } from '../journeys/terminal.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult } from './haifuOnLab.ts';
import type { Lab } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

const devices = ['d015', 'd016', 'd017'] as const;
const version = '1.0.0';
const goOn = '/run/haifu-lab-go-on';

describeLab('the console on lab devices', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  const terminals: Terminal[] = [];

  beforeAll(async () => {
    lab = labOfThisRun();
    haifu = await haifuOnLab(lab);
    const inventory = await lab.inventory();
    await haifu.must(['account', 'add', 'root-key', '--user', 'root', '--key', inventory.keyPath]);
    for (const { name, address } of inventory.devices)
      if ((devices as readonly string[]).includes(name))
        await haifu.must(['device', 'add', address, '--name', name, '--group', 'Tokyo/Web']);
  });
  afterEach(async () => {
    await Promise.all(terminals.splice(0).map((terminal) => terminal.close()));
    for (const name of devices) {
      await lab.in(name, `touch ${goOn}`);
      await lab.until(name, '! pgrep -x dpkg >/dev/null');
      await lab.in(name, `rm -f ${goOn}; dpkg -P haifu-console 2>/dev/null; true`);
      await lab.in(name, `touch ${startsLog}; sed -i '/^haifu-console /d' ${startsLog}`);
    }
  });
  afterAll(async () => {
    await haifu.close();
  });

  async function openConsole(): Promise<Terminal> {
    const [command, ...prefix] = await lab.hubPrefix();
    const terminal = new Terminal({
      command,
      arguments: [...prefix, program],
      environment: { HOME: haifu.dataFolder, HAIFU_DATA: haifu.dataFolder },
      width: 120,
      height: 36,
    });
    terminals.push(terminal);
    return terminal;
  }
  const shownRun = async (): Promise<RunResult['run']> => {
    const { runs } = (await haifu.must(['run', 'list'])).json<{ runs: readonly { id: string }[] }>();
    return (await haifu.run(['run', 'show', runs.at(-1)!.id])).json<RunResult>().run;
  };
  const starts = (name: string) => lab.in(name, `grep -cx 'haifu-console ${version}' ${startsLog} || true`);
  const allWait = async () => {
    for (const name of devices) await lab.until(name, `grep -q '^haifu-console ' ${startsLog}`);
  };
  const letAllGoOn = async () => {
    for (const name of devices) await lab.in(name, `touch ${goOn}`);
  };
  /** The screen's own words for each device, beside what dpkg on the device says. */
  async function expectScreenAgrees(screen: Terminal): Promise<void> {
    await screen.waitFor('succeeded 3');
    await screen.waitFor('finished');
    for (const name of devices) {
      const row = screen.rows().find((line) => line.includes(name)) ?? '';
      expect(row).toContain('succeeded');
      const status = await lab.in(name, `dpkg-query -W -f '\${Status} \${Version}' haifu-console`);
      expect([name, status]).toEqual([name, `install ok installed ${version}`]);
      expect([name, await starts(name)]).toEqual([name, '1']);
    }
  }
  /** From the vendor's file, or the package that was made of it, to a run: B1 and B9 to B58. */
  async function installByWizard(screen: Terminal, from: 'file' | 'list'): Promise<void> {
    await screen.waitFor('connected');
    await screen.press('i');
    await screen.waitFor('Selecting the installation package');
    if (from === 'file') {
      screen.paste(await buildDeb({ name: 'haifu-console', version, behaviour: { waitForFile: goOn } }));
      await screen.waitFor(`haifu-console_${version}_all.deb`);
    } else {
      await screen.press('space');
      await screen.waitFor(`(•) haifu-console ${version}`);
    }
    await screen.press('ctrl+n');
    await screen.waitFor('Selecting devices for installation');
    await screen.press('*');
    await screen.waitFor('3 target devices');
    await screen.press('ctrl+n');
    await screen.waitFor('Force installation package download');
    await screen.press('ctrl+n');
    await screen.waitFor('License selection');
    await screen.press('ctrl+n');
    await screen.waitFor('Prompt user for action');
    await screen.press('ctrl+n');
    await screen.waitFor('Account required');
    await screen.waitFor('[x] root-key');
    await screen.press('ctrl+n');
    await screen.waitFor(/Choose what happens|Starting installation/);
    if (!screen.text().includes('Starting installation')) await screen.press('down', 'space', 'ctrl+n');
    await screen.waitFor('Starting installation');
    await screen.press('ctrl+n');
    await screen.waitFor('Devices of the run');
  }

  test('B1 to B58, B85: a wizard’s run lives on when the console is killed, and a new one shows it as it is', async () => {
    const first = await openConsole();
    await installByWizard(first, 'file');
    await first.waitFor('installing 3');
    await allWait();
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(first.pid)]);
    process.kill(Number(stdout.trim().split('\n')[0]), 'SIGKILL');
    expect(await first.ended).toBe(137);
    expect((await shownRun()).devices.map(({ state }) => state)).toEqual(devices.map(() => 'installing'));

    const second = await openConsole();
    await second.waitFor('Console tree');
    const firstFrameAt = performance.now();
    await second.waitFor(/1 run under way/);
    expect(performance.now() - firstFrameAt).toBeLessThan(1000);
    await second.press('up', 'up', 'tab');
    await second.waitFor(/Installation of haifu-console/);
    await second.press('enter');
    await second.waitFor('Devices of the run');
    await second.waitFor('installing 3');
    await letAllGoOn();
    await expectScreenAgrees(second);
    const { state, devices: rows } = await shownRun();
    expect([state, rows.map(({ attempt }) => attempt)]).toEqual(['finished', [1, 1, 1]]);
  });

  test('the server is killed under an open console: it connects again, and the run goes on to its true end', async () => {
    const screen = await openConsole();
    await installByWizard(screen, 'list');
    await screen.waitFor('installing 3');
    await allWait();
    await haifu.killServer();
    await screen.waitFor('reconnecting');
    await screen.waitFor((one) => / connected/.test(one.rows()[0]!));
    await screen.waitFor('installing 3');
    await letAllGoOn();
    await expectScreenAgrees(screen);
  });
});
