import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellWidth } from '../../src/shared/cellWidth.ts';
import { Haifu, program } from './haifuTerminal.ts';
import type { Terminal } from './terminal.ts';

let haifu: Haifu;
beforeAll(async () => {
  haifu = await Haifu.create();
  await haifu.command('server', 'start');
  for (const group of ['東京/Web', 'Osaka']) await haifu.command('group', 'add', group);
  const list = Array.from(
    { length: 200 },
    (_, i) => `web${i + 1},192.0.2.${(i % 250) + 1}:${2000 + i},東京/Web`,
  );
  await writeFile(join(haifu.folder, 'list.csv'), `name,address,group\n${list.join('\n')}\n`);
  await haifu.command('device', 'import', join(haifu.folder, 'list.csv'));
  await haifu.command('device', 'add', '198.51.100.9', '--name', 'データベースサーバー');
  await writeFile(join(haifu.folder, 'tool.sh'), '#!/bin/sh\nexit 0\n');
});
afterAll(async () => {
  await haifu.close();
});

/** Every row of a frame ends in the last column: a wrong width anywhere shifts it. */
const hasRightEdge = (screen: Terminal): boolean =>
  screen.rows().every((row, y, rows) => {
    const width = screen.width;
    return (
      y === 0 ||
      y === rows.length - 1 ||
      (cellWidth(row) === width && /[│╮╯]/.test(screen.cell(width - 1, y).text))
    );
  });

describe('the console', () => {
  it.each([
    ['ja_JP.UTF-8', 80, 24],
    ['ja_JP.UTF-8', 200, 50],
    ['ja_JP.UTF-8', 61, 17],
    ['C.UTF-8', 120, 30],
  ])('%s %dx%d: every frame ends in the last column', async (language, width, height) => {
    const terminal = haifu.open({ width, height, environment: { LANG: language } });
    await terminal.waitFor(/connected|接続済み/);
    await terminal.waitFor(hasRightEdge);
    await terminal.press('up', 'up', 'up', 'up', 'up', 'up', 'down', 'tab', 'down', 'G');
    await terminal.waitFor('200/200');
    await terminal.waitFor(hasRightEdge);
    await terminal.press('?');
    await terminal.waitFor(/Everywhere|コンソール全体|SSH/);
    await terminal.waitFor(hasRightEdge);
    await terminal.close();
  });

  it('adds a package by its path, says first what the file says, and filters', async () => {
    const terminal = haifu.open({ width: 100, height: 30 });
    await terminal.waitFor('connected');
    await terminal.press('tab', 'n');
    await terminal.waitFor('Add installation package');
    await terminal.press(...`${haifu.folder}/tool.sh`);
    await terminal.press('tab');
    await terminal.waitFor(/script, all/);
    await terminal.press('up', 'up', 'up', 'enter');
    await terminal.waitFor(/Installation package "tool .*was added/);
    await terminal.press('/', ...'nosuch');
    await terminal.waitFor('Nothing matches');
    await terminal.press('escape');
    await terminal.waitFor('1/1');
    await terminal.close();
  });

  it('puts the cursor where an IME composes', async () => {
    const terminal = haifu.open();
    await terminal.waitFor('connected');
    await terminal.press('tab', '/', '東', '京');
    await terminal.waitFor(/Filter: 東京/);
    const y = terminal.rows().length - 1;
    const row = terminal.rows()[y]!;
    const x = cellWidth(row.slice(0, row.indexOf('東京') + 2));
    await terminal.waitFor((screen) => screen.cursor.x === x && screen.cursor.y === y);
    await terminal.close();
  });

  it('handles many keys in one write, each after the other', async () => {
    const terminal = haifu.open();
    await terminal.waitFor('connected');
    terminal.send('kkkkkk\u{1B}[A\u{1B}[Aj\tjjjj\u{1B}[B');
    await terminal.waitFor('6/200');
    await terminal.close();
  });

  it('draws after a storm of resizes what a fresh start draws', async () => {
    const terminal = haifu.open({ width: 100, height: 30 });
    await terminal.waitFor('connected');
    for (let i = 0; i < 40; i++) terminal.resize(40 + ((i * 37) % 160), 10 + ((i * 13) % 50));
    terminal.resize(30, 8);
    await terminal.waitFor('at least 60x16');
    terminal.resize(132, 43);
    await terminal.waitFor((screen) => screen.rows()[42]!.includes('Help'));
    const fresh = haifu.open({ width: 132, height: 43 });
    await fresh.waitFor('connected');
    await fresh.waitFor((screen) => screen.rows()[42]!.includes('Help'));
    const body = (screen: Terminal) => screen.rows().slice(1).join('\n');
    await terminal.waitFor((screen) => body(screen) === body(fresh));
    await Promise.all([terminal.close(), fresh.close()]);
  });

  it('switches the language at once', async () => {
    const terminal = haifu.open();
    await terminal.waitFor('Console tree');
    await terminal.press('L');
    await terminal.waitFor('コンソールツリー');
    await terminal.close();
  });

  it('comes back by itself when the server was killed', async () => {
    const terminal = haifu.open();
    await terminal.waitFor('connected');
    const { server } = JSON.parse(await haifu.command('server', 'status', '--json')) as {
      server: { pid: number };
    };
    process.kill(server.pid, 'SIGKILL');
    await terminal.waitFor('reconnecting');
    await terminal.waitFor((screen) => / connected/.test(screen.rows()[0]!));
    await terminal.press('tab', 'n');
    await terminal.waitFor('Add installation package');
    await terminal.close();
  });
});

describe('the terminal is given back as it was', () => {
  const shell = (script: string, order = {}) =>
    haifu.open({ command: 'sh', arguments: ['-c', script], ...order });
  const around = `before=$(stty -g); "${program}"; echo "status $?"; [ "$before" = "$(stty -g)" ] && echo modes kept`;

  it.each([['q'], ['ctrl+c']] as const)('after %s', async (key) => {
    const terminal = shell(around);
    await terminal.waitFor('connected');
    await terminal.press(key);
    await terminal.waitFor('modes kept');
    expect(terminal.text()).toContain('status 0');
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.raw.lastIndexOf('\u{1B}[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u{1B}[?25l'));
    expect(terminal.raw.lastIndexOf('\u{1B}[?2004l')).toBeGreaterThan(
      terminal.raw.lastIndexOf('\u{1B}[?2004h'),
    );
    expect(terminal.raw.lastIndexOf('\u{1B}[?7h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u{1B}[?7l'));
  });

  it.each([
    ['TERM', 143],
    ['HUP', 129],
    ['INT', 130],
    ['KILL', 137],
  ])('after SIG%s', async (signal, status) => {
    // The console itself, not its launcher: the launcher is what a shell waits for.
    const terminal = shell(around);
    await terminal.waitFor('connected');
    const killer = haifu.open({
      command: 'sh',
      arguments: [
        '-c',
        `kill -${signal} $(ps -o pid= --ppid $(ps -o pid= --ppid ${terminal.pid} | head -1))`,
      ],
    });
    await killer.ended;
    await terminal.waitFor('modes kept');
    expect(terminal.text()).toContain(`status ${status}`);
    expect(terminal.isAlternate).toBe(false);
  });

  it('stops for Ctrl-Z and comes back with fg', async () => {
    const terminal = haifu.open({ command: 'bash', arguments: ['--norc', '--noprofile', '-i'] });
    await terminal.press(`PS1='ready> '; ${program}\r`);
    await terminal.waitFor('connected');
    await terminal.press('ctrl+z');
    await terminal.waitFor(/Stopped[\s\S]*ready>\s*$/);
    expect(terminal.isAlternate).toBe(false);
    await terminal.press('fg\r');
    await terminal.waitFor((screen) => screen.isAlternate && screen.text().includes('Console tree'));
    await terminal.press('tab', 'n');
    await terminal.waitFor('Add installation package');
    await terminal.press('escape');
    await terminal.waitFor((screen) => !screen.text().includes('Add installation package'));
    await terminal.press('q');
    await terminal.waitFor(/ready>\s*$/);
  });

  it('ends when the terminal goes away', async () => {
    const terminal = haifu.open();
    await terminal.waitFor('connected');
    terminal.kill('SIGHUP');
    expect(await terminal.ended).toBe(129);
  });
});

describe('modest terminals', () => {
  it('refuses TERM=dumb in words', async () => {
    const terminal = haifu.open({ term: 'dumb' });
    expect(await terminal.ended).toBe(2);
    expect(terminal.text()).toContain('TERM is "dumb"');
    expect(terminal.raw).not.toContain('\u{1B}[');
  });

  it('sends no colour with NO_COLOR', async () => {
    const terminal = haifu.open({ environment: { NO_COLOR: '1' } });
    await terminal.waitFor('connected');
    await terminal.press('tab', 'n');
    await terminal.waitFor('Add installation package');
    expect(terminal.raw).not.toMatch(/\u{1B}\[[\d;]*\b(3[0-8]|4[0-8]|9\d|10[0-7])[;m]/u);
    await terminal.close();
  });

  it.each([
    ['C locale', { environment: { LANG: 'C' } }],
    ['the Linux console', { term: 'linux', environment: { LANG: 'ja_JP.UTF-8' } }],
  ])('stays with ASCII and English: %s', async (_name, order) => {
    const terminal = haifu.open(order);
    await terminal.waitFor('connected');
    await terminal.press('?');
    await terminal.waitFor('Help');
    expect(terminal.raw.replaceAll(/\u{1B}\[[\d;?]*[A-Za-z]/gu, '')).toMatch(/^[\x00-\x7f]*$/);
    await terminal.press('escape');
    await terminal.close();
  });
});
