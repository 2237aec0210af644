import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Haifu } from './haifuTerminal.ts';

let haifu: Haifu;
beforeAll(async () => {
  haifu = await Haifu.create();
  await haifu.command('server', 'start');
  const list = Array.from(
    { length: 60 },
    (_, i) => `web${i + 1},192.0.2.${i + 1},Tokyo/${i < 40 ? 'Web' : 'DB'}`,
  );
  await writeFile(join(haifu.folder, 'list.csv'), `name,address,group\n${list.join('\n')}\n`);
  await haifu.command('device', 'import', join(haifu.folder, 'list.csv'));
});
afterAll(async () => {
  await haifu.close();
});

const pressAt = (x: number, y: number, button = 0) =>
  `\u{1B}[<${button};${x};${y}M\u{1B}[<${button};${x};${y}m`;

it('gets about by jumps, palette, filter, sort and mouse, and is found again as it was left', async () => {
  const config = join(haifu.folder, 'config');
  const order = { width: 110, height: 30, environment: { XDG_CONFIG_HOME: config } };
  const terminal = haifu.open(order);
  await terminal.waitFor(' connected');
  await terminal.press('g');
  await terminal.waitFor('Go to managed devices');
  await terminal.press('d', '/', ...'group:T');
  await terminal.waitFor('Tokyo/DB');
  await terminal.press(...'okyo/D', 'tab', 'enter');
  await terminal.waitFor('1/20 of 60');
  await terminal.press('S');
  await terminal.waitFor(/Name↓[\s\S]*web60/);
  await terminal.press('a', '/', ...' name:web60', 'enter');
  await terminal.waitFor('+19 hidden');
  await terminal.press('escape', ':', ...'web7');
  await terminal.waitFor('192.0.2.7');
  await terminal.press('enter');
  await terminal.waitFor((screen) => /Tokyo\/Web ─/.test(screen.rows()[1]!));
  const row = terminal.rows().findIndex((text) => text.includes('web3 ')) + 1;
  terminal.send(pressAt(40, row));
  await terminal.waitFor('192.0.2.3');
  terminal.send(`${pressAt(40, row)}${pressAt(40, row)}`);
  await terminal.waitFor('Check readiness');
  await terminal.press('escape', 'p');
  await terminal.waitFor((screen) => !screen.text().includes('Details'));
  await terminal.press('q');
  expect(await terminal.ended).toBe(0);
  expect(terminal.raw.lastIndexOf('\u{1B}[?1000l')).toBeGreaterThan(
    terminal.raw.lastIndexOf('\u{1B}[?1000h'),
  );

  const again = haifu.open({ ...order, arguments: ['--read-only', '--no-mouse'] });
  await again.waitFor((screen) => /\[read-only\].* connected/.test(screen.rows()[0]!));
  await again.waitFor((screen) => /Tokyo\/Web ─/.test(screen.rows()[1]!) && screen.text().includes('Name↓'));
  expect(again.text()).not.toContain('Details');
  expect(again.raw).not.toContain('\u{1B}[?1000h');
  await again.press('2', 'D');
  await again.waitFor('--read-only: it changes nothing');
  await again.press('q');
  await again.ended;

  await writeFile(join(config, 'haifu', 'console.json'), '{ "language": "xx" }');
  const broken = haifu.open(order);
  await broken.waitFor('could not be understood');
  await broken.press('q');
  await broken.ended;
  expect(JSON.parse(await readFile(join(config, 'haifu', 'console.json'), 'utf8'))).toMatchObject({
    isDetailShown: true,
  });
});
