import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FleetDevice, makeFleetDevice } from '../../src/demo/fleetDevice.ts';
import { translator } from '../../src/i18n/translate.ts';
import { Terminal } from './terminal.ts';

const program = fileURLToPath(new URL('../../bin/haifu', import.meta.url));
const names = ['web-01', 'web-02'] as const;
const fleet: FleetDevice[] = [];
let folder = '';
let port = 0;
let terminal: Terminal | null = null;
let screenWidth = 0;

const environment = () => ({ HOME: folder, HAIFU_DATA: join(folder, 'data'), LANG: 'C.UTF-8' });
const haifu = (...words: string[]) =>
  promisify(execFile)(program, words, { env: { PATH: process.env['PATH']!, ...environment() } });

/** Real SSH servers on loopback addresses of their own, a vendor's script, and a server that knows one device. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-wizard-'));
  for (const [index, name] of names.entries()) {
    const plan = {
      name,
      groupPath: 'Tokyo/Web',
      role: 'ordinary',
      address: `127.78.0.${11 + index}`,
    } as const;
    const device = await makeFleetDevice(plan, join(folder, name));
    port = await device.start(port);
    fleet.push(device);
  }
  await writeFile(join(folder, 'tool.sh'), '#!/bin/sh\necho "$1" >>"$HAIFU_DEMO_ROOT/opt/tool"\n');
  await chmod(join(folder, 'tool.sh'), 0o755);
  await haifu(
    'device',
    'add',
    '127.78.0.11',
    '--name',
    'web-01',
    '--port',
    String(port),
    '--group',
    'Tokyo/Web',
  );
});

afterEach(async () => {
  await terminal?.close();
  terminal = null;
});

afterAll(async () => {
  await haifu('server', 'stop');
  for (const device of fleet) await device.stop();
  await rm(folder, { recursive: true, force: true });
});

function console_(language: 'en' | 'ja', width: number, height: number): Terminal {
  screenWidth = width;
  terminal = new Terminal({
    command: program,
    arguments: ['--lang', language],
    environment: environment(),
    folder,
    width,
    height,
  });
  return terminal;
}

/** Backgrounds of what has the focus, in 256 colours: a selected option or button, a text field. */
const focusBackgrounds: ReadonlySet<number> = new Set([25, 238]);

/** Where the focus is: the row and what is marked in it. Null while a frame is half drawn. */
function focusOf(screen: Terminal): string | null {
  if (!screen.isFrameWhole) return null;
  const found = screen.rows().flatMap((row, y) => {
    const cells = Array.from({ length: screenWidth }, (_, x) => screen.cell(x, y));
    const focused = cells.filter(({ background }) => focusBackgrounds.has(background));
    if (focused.length === 0) return [];
    const isText = focused[0]!.background === 238;
    return [`${y}: ${isText ? row : focused.map(({ text }) => text).join('')}`];
  });
  return found.length === 1 ? found[0]! : null;
}

/** Lines that come and go above move the focus without changing it. */
const what = (focus: string): string => focus.replace(/^\d+: /, '');

/** Tab until the option with this text has the focus; each step waits until it is seen. */
async function tabTo(screen: Terminal, text: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    await screen.waitFor(() => focusOf(screen) !== null);
    const before = focusOf(screen)!;
    if (before.includes(text)) return;
    await screen.press('tab');
    await screen.waitFor(() => focusOf(screen) !== null && what(focusOf(screen)!) !== what(before));
  }
  throw new Error(`the focus never came to ${text}:\n${screen.text()}`);
}

/** Types, and waits until the focused field shows it. */
async function typed(screen: Terminal, keys: string, shown: string): Promise<void> {
  screen.send(keys);
  await screen.waitFor(() => focusOf(screen)?.includes(shown) === true);
}

const installed = (name: string): Promise<string> => readFile(join(folder, name, 'opt', 'tool'), 'utf8');

describe('the remote installation wizard', () => {
  it('goes from a vendor’s file and an address to an installed fleet, in a terminal of 80x24', async () => {
    const screen = console_('en', 80, 24);
    await screen.waitFor('connected');
    await screen.press('i');
    await screen.waitFor('Selecting the installation package');
    await screen.press('~/nothing.deb', 'enter');
    await screen.waitFor(/nothing\.deb.* cannot be read/);
    screen.send('\u0015');
    await screen.press('~/tool.sh', 'tab', 'tab', '--quiet');
    await screen.press('enter');
    await screen.waitFor('Selecting devices for installation');

    await screen.press('enter');
    await screen.waitFor('Choose at least one device');
    await screen.press('*');
    await screen.waitFor('1 target device: 1 from the tree');
    await screen.press('tab', `127.78.0.12:${port}`);
    await screen.waitFor('2 target devices: 1 from the tree; 1 typed; 1 of them new');
    await screen.press('enter');
    await screen.waitFor('Force installation package download');
    await screen.waitFor('(no distribution point)');
    await screen.press('enter');
    await screen.waitFor('License selection');
    await screen.press('enter');
    await screen.waitFor('Prompt user for action');
    await screen.press('enter');
    await screen.waitFor('Selecting accounts to access devices');

    await screen.press('enter');
    await screen.waitFor('Becomes root with sudo');
    await screen.press('tab', 'tab', 'deploy', 'enter', 'spring-2025');
    await screen.waitFor('•••••••••••');
    expect(screen.text()).not.toContain('spring-2025');
    await tabTo(screen, '( ) Does not become root');
    await screen.press('space');
    await screen.waitFor('(•) Does not become root');
    await tabTo(screen, '[ Save the account ]');
    await screen.press('enter');
    await screen.waitFor('[x] deploy');
    screen.send('\u000e');
    await screen.waitFor('Choose what happens with a device whose host key is not trusted yet');
    await tabTo(screen, '( ) Accept new');
    await screen.press('space');
    await screen.waitFor('(•) Accept new');
    await tabTo(screen, '[ Try these accounts on 2 devices');
    await screen.press('enter');
    await screen.waitFor(/✓ web-01 +deploy/);
    screen.send('\u000e');

    await screen.waitFor('Installation of tool');
    await tabTo(screen, '[ Next ]');
    await screen.press('enter');
    await screen.waitFor(/Run 1 .*Installation of tool/);
    await screen.waitFor(/succeeded 2/);
    expect(await installed('web-01')).toBe('--quiet\n');
    expect(await installed('web-02')).toBe('--quiet\n');
    expect(screen.raw).not.toContain('spring-2025');
  });

  it('refuses bad keys, each for its own reason, and takes the good one (B53)', async () => {
    const own = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase: 'winter-2024',
      cipher: 'aes256-ctr',
      rounds: 16,
    });
    const other = ssh2.utils.generateKeyPairSync('ed25519');
    await writeFile(join(folder, 'own'), own.private, { mode: 0o600 });
    await writeFile(join(folder, 'own.pub'), own.public);
    await writeFile(join(folder, 'other.pub'), other.public);
    const screen = console_('en', 100, 40);
    await screen.waitFor('connected');
    await screen.press('home', 'i');
    await screen.waitFor('Selecting the installation package');
    screen.send(' \r');
    await screen.waitFor('Selecting devices for installation');
    screen.send('*\r\r\r\r');
    await screen.waitFor('Selecting accounts to access devices');
    await tabTo(screen, '[ Add ]');
    await screen.press('enter');
    await screen.waitFor(() => focusOf(screen)?.includes('(•) Local account') === true);
    await tabTo(screen, '( ) SSH certificate');
    await screen.press('space');
    await screen.waitFor('(•) SSH certificate');
    await tabTo(screen, 'User:');
    await typed(screen, 'deploy', 'deploy');

    const save = async (label: string, text: string, reason: RegExp | string) => {
      await tabTo(screen, label);
      await typed(screen, `\u0015${text}`, label === 'Passphrase:' ? '•'.repeat(text.length) : text);
      await tabTo(screen, '[ Save the account ]');
      await screen.press('enter');
      await screen.waitFor(reason);
      // A refusal puts the focus at the option that it is about.
      await screen.waitFor(() => focusOf(screen)?.includes('[ Save the account ]') === false);
    };
    await save('Private key file:', '~/nowhere', /✗ .*nowhere/);
    await save('Private key file:', '~/own.pub', /✗ .*public/i);
    await save('Private key file:', '~/own', /✗ .*passphrase/i);
    await save('Passphrase:', 'wrong', /✗ The passphrase does not open/);
    await tabTo(screen, 'Public key file:');
    await typed(screen, '~/other.pub', '~/other.pub');
    await save('Passphrase:', 'winter-2024', /✗ .*(match|pair)/i);
    await save('Public key file:', '~/own.pub', /\[x\] deploy \(2\) +deploy sudo SHA256:/);
    expect(screen.raw).not.toContain('winter-2024');
    await screen.press('escape', 'y');
    await screen.waitFor('Console tree');
  });

  it.each([
    ['ja', 200, 50],
    ['en', 80, 24],
  ] as const)(
    'creates a task on a group without running it, in %s at %dx%d, and loses nothing on the way back',
    async (language, width, height) => {
      const t = translator(language);
      const screen = console_(language, width, height);
      await screen.waitFor('Tokyo');
      await screen.press('home', 'down', 'down', 'i');
      await screen.waitFor(t('wizard.package.title'));
      screen.send(' \r');
      await screen.waitFor(t('wizard.note.targets', { count: 1 }));
      await screen.waitFor(t('wizard.note.group'));
      screen.send('\r');
      await screen.waitFor(t('wizard.settings.title'));
      screen.send('\t\t\t\u00157');
      await screen.waitFor(new RegExp(`${t('wizard.attemptsLimit')}. +7`));
      screen.send('\u0010');
      await screen.waitFor(t('wizard.devices.title'));
      screen.send('\r');
      await screen.waitFor(t('wizard.settings.title'));
      screen.send('\u0014');
      await screen.waitFor(t('wizard.help.allShown'));
      await screen.waitFor(t('wizard.networkAgent.help').slice(0, 12));
      screen.send('\u0014');
      await screen.waitFor(t('wizard.help.allHidden'));
      screen.send('\r\r\r');
      await screen.waitFor(t('wizard.accounts.title'));
      screen.send('\u000e');
      await screen.waitFor(t('wizard.start.title'));
      await screen.waitFor(t('wizard.summary.attempts', { count: '7' }));
      await screen.press('space');
      await screen.waitFor(t('wizard.note.createsOnly'));
      await screen.press('ctrl+n');
      const { stdout } = await screen
        .waitFor(
          language === 'ja'
            ? 'タスク「tool のインストール」を作成しました'
            : 'was created; it was not started',
        )
        .then(() => haifu('task', 'list', '--json'));
      expect(stdout).toContain(language === 'ja' ? 'tool のインストール' : 'Installation of tool (2)');
      expect(stdout).toContain('"kind":"group"');
    },
  );
});
