import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Haifu } from './haifuTerminal.ts';
import type { Terminal } from './terminal.ts';

let haifu: Haifu;
let demo: Terminal;
const deviceCount = 12;

/** The data folder of the demo's own server. */
const demoData = async (): Promise<string> => {
  const name = (await readdir(haifu.folder)).find((entry) => entry.startsWith('haifu-demo-'))!;
  return join(haifu.folder, name, 'server');
};

beforeAll(async () => {
  haifu = await Haifu.create();
  demo = haifu.open({
    arguments: ['demo', '--devices', String(deviceCount)],
    width: 110,
    height: 34,
    environment: { TMPDIR: haifu.folder },
  });
  await demo.waitFor(/ connected/, 90_000);
});
afterAll(async () => {
  await haifu.close();
});

describe('a run from the package to its end, with real SSH servers', () => {
  it('is started from a package’s context menu (B9) and opens the run screen', async () => {
    await demo.press('tab', 'm');
    await demo.waitFor('Install application');
    await demo.press('enter');
    await demo.waitFor('Selecting devices for installation');
    await demo.press('*');
    await demo.waitFor(`${deviceCount} target devices`);
    await demo.press('ctrl+n');
    await demo.waitFor('Using network agent');
    await demo.press('ctrl+n');
    await demo.waitFor('License selection');
    await demo.press('ctrl+n');
    await demo.waitFor('Prompt user for action');
    await demo.press('ctrl+n');
    await demo.waitFor('Account required');
    await demo.press('ctrl+n');
    await demo.waitFor(/Include at least one account/);
    await demo.press('space', 'down', 'space');
    await demo.waitFor((screen) => (screen.text().match(/\[x\] .*deploy/g) ?? []).length === 2);
    await demo.press('ctrl+n');
    await demo.waitFor(/Choose what happens|Starting installation/);
    if (!demo.text().includes('Starting installation')) {
      await demo.press('down', 'space', 'ctrl+n');
    }
    await demo.waitFor('Starting installation');
    await demo.press('ctrl+n');
    await demo.waitFor('Devices of the run');
    await demo.waitFor(new RegExp(`/${deviceCount}`));
  });

  it('is shown as it is by a console that is opened in the middle of it', async () => {
    const data = await demoData();
    const other = haifu.open({ width: 110, height: 34, environment: { HAIFU_DATA: data } });
    await other.waitFor(/run under way/);
    await other.press('up', 'up', 'tab');
    await other.waitFor(/Runs/);
    await other.press('enter');
    await other.waitFor('Devices of the run');
    const counts = (screen: Terminal) => screen.rows()[3]!;
    await other.waitFor((screen) => counts(screen) !== '' && counts(screen) === counts(demo));
    await other.press('q');
    expect(await other.ended).toBe(0);
  });

  it('ends with each device where the fleet has it end', async () => {
    await demo.waitFor(/succeeded 10 .*failed 1 .*unreachable 1/, 90_000);
    await demo.waitFor(`${deviceCount}/${deviceCount}`);
    await demo.waitFor('finished');
  });

  it('folds failures by cause and unfolds one', async () => {
    await demo.press('c');
    await demo.waitFor('Failures by cause');
    await demo.waitFor(/1 × .*unreachable.*refuses connections/);
    await demo.waitFor(/1 × .*failed.*CHANGED/);
    await demo.press('home', 'enter');
    await demo.waitFor(/Only: .*CHANGED/);
    await demo.waitFor('1/1');
    await demo.press('escape');
    await demo.waitFor('─ Failures by cause');
    await demo.press('escape');
    await demo.waitFor('Devices of the run');
    await demo.press('6');
    await demo.waitFor(/\[6 ✗ unreachable 1\]/);
    await demo.waitFor('1/1');
    await demo.press('escape');
    await demo.waitFor(`1/${deviceCount}`);
  });

  it('shows a device’s timeline and log', async () => {
    await demo.press('/', ...'succeeded');
    await demo.press('enter');
    await demo.waitFor('1/10');
    await demo.press('enter');
    await demo.waitFor('Log of attempt');
    await demo.waitFor(/installed/);
    await demo.waitFor(/installing .*█/);
    await demo.press('/', ...'installed', 'enter');
    await demo.waitFor(/>.*installed/);
    await demo.press('escape');
    await demo.waitFor((screen) => !/>.*installed/.test(screen.text()));
    const device = demo.rows()[3];
    await demo.press('tab');
    await demo.waitFor((screen) => screen.rows()[3] !== device);
    await demo.waitFor('Log of attempt');
    await demo.press('escape');
    await demo.waitFor('2/10');
    await demo.press('escape');
    await demo.waitFor(`/${deviceCount}`);
  });

  it('retries exactly the unreachable device, in a new run (B88)', async () => {
    await demo.press('r');
    await demo.waitFor('Which devices are tried again?');
    await demo.waitFor('The 1 unreachable');
    const items = demo.rows().filter((row) => /Only |The \d/.test(row));
    const steps = items.findIndex((row) => row.includes('unreachable'));
    await demo.press(...Array<'down'>(steps).fill('down'), 'enter');
    await demo.waitFor('Exactly 1 device is tried again');
    await demo.press('right', 'enter');
    await demo.waitFor('Run 2');
    await demo.waitFor(/1\/1 .*finished/);
  });

  it('says what is different from the run before', async () => {
    await demo.press('=');
    await demo.waitFor('Neither before nor now: 1 device');
    await demo.waitFor('11 devices were only in the run before.');
    await demo.press('escape');
    await demo.waitFor((screen) => !screen.text().includes('Neither before'));
  });

  it('goes back to the console, where task and runs stand (B68)', async () => {
    await demo.press('escape');
    await demo.waitFor('Console tree');
    await demo.press('tab');
    await demo.press('up', 'up', 'up');
    await demo.waitFor(/Installation of morning.*12 devices/);
    await demo.press('q');
    expect(await demo.ended).toBe(0);
  });
});
