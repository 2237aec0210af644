// Draws the screens of docs/screens/ from the real program on its demo fleet, in both languages. After `npm run build`:
//   npx node test/screens/render.ts
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { program } from '../journeys/haifuTerminal.ts';
import { Terminal } from '../journeys/terminal.ts';
import { screenSvg } from './screenSvg.ts';

const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

/** The words of each language that the walk waits for. */
const words = {
  en: {
    package: 'morning-report',
    devices: /Selecting devices/,
    settings: /Defining remote/,
    accounts: /accounts to access/,
    start: /Starting/,
    ended: /12\/12|100 ?%/,
  },
  ja: {
    package: 'morning-report',
    devices: /デバイスの選択/,
    settings: /タスク設定の定義/,
    accounts: /アカウントの選択/,
    start: /インストールの開始/,
    ended: /12\/12|100 ?%/,
  },
} as const;

async function walk(language: 'en' | 'ja'): Promise<void> {
  const text = words[language];
  const terminal = new Terminal({
    command: program,
    arguments: ['demo', '--lang', language],
    environment: { LANG: 'C.UTF-8', COLORTERM: 'truecolor', HOME: process.env.HOME ?? '/' },
    width: 100,
    height: 30,
  });
  const draw = (name: string) =>
    writeFile(`${folder}${name}.${language}.svg`, screenSvg(terminal.screen, `haifu: ${name}`));
  try {
    await terminal.waitFor(text.package, 60_000);
    await draw('packages');
    await terminal.press('tab');
    await terminal.press('i');
    await terminal.waitFor(text.devices);
    await terminal.press('space');
    await terminal.waitFor('[x]');
    await draw('wizard-devices');
    await terminal.press('ctrl+n');
    await terminal.waitFor(text.settings);
    await draw('wizard-settings');
    await terminal.press('ctrl+n');
    await terminal.press('ctrl+n');
    await terminal.press('ctrl+n');
    await terminal.waitFor(text.accounts);
    await terminal.press('space', 'down', 'space', 'K');
    // Past the buttons to the host keys: what is new is accepted.
    await terminal.press('tab', 'tab', 'tab', 'tab', 'space');
    await draw('wizard-accounts');
    await terminal.press('ctrl+n');
    await terminal.waitFor(text.start);
    await draw('wizard-start');
    await terminal.press('ctrl+n');
    await terminal.waitFor(
      (screen) => /succeeded|成功/.test(screen.text()) && /installing|インストール中/.test(screen.text()),
    );
    await draw('run');
  } finally {
    // As when its window is closed: the demo asks nothing, and its fleet cleans up.
    terminal.kill('SIGHUP');
    await terminal.ended;
  }
}

await mkdir(folder, { recursive: true });
for (const language of ['en', 'ja'] as const) await walk(language);
