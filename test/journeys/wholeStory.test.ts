import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FleetDevice, makeFleetDevice } from '../../src/demo/fleetDevice.ts';
import { translator } from '../../src/i18n/translate.ts';
import { Haifu } from './haifuTerminal.ts';
import type { Terminal } from './terminal.ts';

/** The installer says no until `ok` stands on the device, and waits while `hold` does. */
const installer = `#!/bin/sh
opt=$HAIFU_DEMO_ROOT/opt
while [ -e "$opt/hold" ]; do sleep 0.1; done
[ -e "$opt/ok" ] || exit 9
echo done >>"$opt/tool"
`;
const cases = [
  { language: 'ja', width: 80, height: 24, address: '127.79.0.11' },
  { language: 'en', width: 200, height: 50, address: '127.79.0.12' },
] as const;

const devices = new Map<string, FleetDevice>();
let haifu: Haifu;
let port = 0;

beforeAll(async () => {
  haifu = await Haifu.create();
  for (const { address } of cases) {
    const plan = { name: address, groupPath: '', role: 'ordinary', address } as const;
    const device = await makeFleetDevice(plan, join(haifu.folder, address));
    port = await device.start(port);
    devices.set(address, device);
  }
  await writeFile(join(haifu.folder, 'tool.sh'), installer);
  await chmod(join(haifu.folder, 'tool.sh'), 0o755);
});
afterAll(async () => {
  await haifu.close();
  for (const device of devices.values()) await device.stop();
});

it.each(cases)(
  'from an empty console to a raised limit, a retry, an account edited meanwhile and a console opened again: $language, $width x $height',
  {
    timeout: 120_000,
  },
  async ({ language, width, height, address }) => {
    const t = translator(language);
    const onDevice = (name: string): string => join(haifu.folder, address, 'opt', name);
    const data = join(haifu.folder, `data-${language}`);
    const open = (): Terminal =>
      haifu.open({
        arguments: ['--lang', language],
        width,
        height,
        folder: haifu.folder,
        environment: { HAIFU_DATA: data },
      });
    const count = (state: 'failed' | 'succeeded' | 'installing'): RegExp =>
      new RegExp(`${t(`states.${state}`)} 1(?!\\d)`);
    const screen = open();

    await screen.waitFor(t('console.first.title'));
    await screen.press('4');
    await screen.waitFor(t('wizard.package.title'));
    await screen.press('~/tool.sh', 'enter');
    await screen.waitFor(t('wizard.devices.title'));
    await screen.press(`${address}:${port}`);
    await screen.waitFor(t('wizard.note.targets', { count: 1 }));
    await screen.press('ctrl+n');
    await screen.waitFor(t('wizard.settings.title'));
    await screen.press('tab', 'tab', 'tab', 'ctrl+u', '1', 'ctrl+n');
    await screen.waitFor(t('wizard.license.title'));
    await screen.press('ctrl+n');
    await screen.waitFor(t('wizard.restart.title'));
    await screen.press('ctrl+n');
    await screen.waitFor(t('wizard.accounts.title'));
    await screen.press('enter');
    await screen.waitFor(t('wizard.accountUser'));
    await screen.press(
      'tab',
      'tab',
      'deploy',
      'enter',
      'spring-2025',
      'enter',
      'down',
      'down',
      'down',
      'space',
    );
    await screen.waitFor(`(•) ${t('wizard.accountBecome.none')}`);
    await screen.press('ctrl+n');
    await screen.waitFor('[x] deploy');
    await screen.press('ctrl+n');
    await screen.waitFor((one) => one.text().includes('✗'));
    await screen.press('down', 'space', 'ctrl+n');
    await screen.waitFor(t('wizard.start.title'));
    await screen.waitFor(t('wizard.summary.attempts', { count: '1' }));
    await screen.press('ctrl+n');
    await screen.waitFor(t('states.finished'));
    await screen.waitFor(count('failed'));

    await writeFile(onDevice('hold'), '');
    await writeFile(onDevice('ok'), '');
    await screen.press('r');
    await screen.waitFor(t('console.retry.failed', { count: 1 }));
    await screen.press('down', 'enter');
    await screen.waitFor(t('run.retry.title'));
    await screen.waitFor(t('run.retry.raise', { limit: 4 }));
    await screen.press('right', 'enter');
    await screen.waitFor(count('installing'));

    await screen.press('q');
    expect(await screen.ended).toBe(0);
    const again = open();
    await again.waitFor(t('console.title.running', { count: 1 }));
    await again.press('g', 'a');
    await again.waitFor('deploy');
    await again.press('2', 'e');
    await again.waitFor(t('console.form.editAccount'));
    await again.press('-new');
    await again.waitFor('deploy-new');
    await again.press('ctrl+n');
    await again.waitFor((one) => !one.text().includes(t('console.form.editAccount')));
    await again.waitFor('deploy-new');
    await again.press('g', 'r', '2', 'enter');
    await again.waitFor(count('installing'));
    await rm(onDevice('hold'));
    await again.waitFor(count('succeeded'));
    await again.waitFor(t('states.finished'));
    expect(again.raw + screen.raw).not.toContain('spring-2025');
    await again.press('q');
    expect(await again.ended).toBe(0);
    await haifu.command('server', 'stop', '--data', data);
  },
);
