import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RemoteInstallationTask } from '../../src/domain/model.ts';
import { Haifu } from './haifuTerminal.ts';

let haifu: Haifu;
beforeAll(async () => {
  haifu = await Haifu.create();
  await writeFile(join(haifu.folder, 'tool.sh'), '#!/bin/sh\nexit 0\n');
  await haifu.command('package', 'add', join(haifu.folder, 'tool.sh'), '--name', 'tool', '--version', '1');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = join(haifu.folder, 'key.pem');
  await writeFile(key, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  await haifu.command('account', 'add', 'deploy', '--user', 'deploy', '--key', key);
  for (const name of ['web1', 'web2'])
    await haifu.command('device', 'add', `${name}.invalid`, '--name', name, '--group', 'Tokyo/Web');
  await haifu.command(
    'install',
    'tool',
    '--device',
    'web1',
    '--device',
    'web2',
    '--no-run',
    '--name',
    'Monday',
  );
});
afterAll(async () => {
  await haifu.close();
});

const tasks = async (): Promise<readonly RemoteInstallationTask[]> =>
  (JSON.parse(await haifu.command('task', 'list', '--json')) as { tasks: RemoteInstallationTask[] }).tasks;

it('a group goes with its subgroup and comes back with its devices; a task is edited, taken back and copied', async () => {
  const terminal = haifu.open({ width: 100, height: 30 });
  await terminal.waitFor('connected');
  // From the packages up to the group.
  await terminal.press('home', 'down', 'down');
  await terminal.waitFor(/─ Tokyo ─/);
  await terminal.press('D');
  await terminal.waitFor('1 subgroup is removed with it.');
  await terminal.waitFor('2 devices in it become unassigned.');
  await terminal.press('right', 'enter');
  await terminal.waitFor('The group "Tokyo" was removed.');
  await terminal.press('u');
  await terminal.waitFor('Undone: removal of the group "Tokyo".');
  await terminal.waitFor('Tokyo 2');

  await terminal.press('down', 'down', 'tab');
  await terminal.waitFor('Monday');
  await terminal.press('e');
  await terminal.waitFor('Task 1: Monday');
  await terminal.press('ctrl+u', ...'Tuesday', 'ctrl+s');
  await terminal.waitFor('"Tuesday" was saved.');
  expect((await tasks()).map(({ name }) => name)).toEqual(['Tuesday']);
  await terminal.press('u');
  await terminal.waitFor('Undone: change of the task "Monday".');
  await terminal.press('C');
  await terminal.waitFor('Copy of task 1: Monday');
  await terminal.press('escape', 'y');
  await terminal.waitFor('Console tree');
  const [task] = await tasks();
  await terminal.press('D', 'right', 'enter');
  await terminal.waitFor('1 removed.');
  await terminal.press('u');
  await terminal.waitFor('Undone: removal of the task "Monday".');
  expect(await tasks()).toEqual([task]);
  await terminal.close();
});
