import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/program/command.ts';
import { commonOptions } from '../../src/cli/program/parseWords.ts';
import { commandUsage, groupUsage, programUsage, wrapped } from '../../src/cli/program/usage.ts';
import { commandTable } from '../../src/commandTable.ts';
import type { Language } from '../../src/i18n/registry.ts';
import { translator } from '../../src/i18n/translate.ts';
import { cellWidth } from '../../src/shared/cellWidth.ts';

const loaded = await Promise.all(
  commandTable.map(async (word) => ({ word, commands: [await word.load()].flat() as Command[] })),
);
const all = loaded.flatMap(({ word, commands }) =>
  commands.map((command) => ({ prefix: word.name, command })),
);

describe.each(['en', 'ja'] as Language[])('help in %s', (language) => {
  const t = translator(language);

  it.each([60, 80, 110])('of everything fits in %i columns and names every option', (width) => {
    for (const { prefix, command } of all) {
      const usage = commandUsage(prefix, command, t, width);
      for (const [name, option] of Object.entries({ ...commonOptions, ...command.options })) {
        expect(usage, `${prefix} ${command.name}`).toContain(`--${name}`);
        expect(t(option.summary), option.summary).not.toBe(option.summary);
      }
      expect(t(command.summary), command.summary).not.toBe(command.summary);
      const body = usage.split('\n').filter((line) => line.startsWith('  --'));
      for (const line of body) expect(cellWidth(line), line).toBeLessThanOrEqual(width);
    }
  });

  it('of the program names every command', () => {
    const usage = programUsage(commandTable, t, 80);
    for (const { name, isHidden } of commandTable)
      expect(usage.includes(`haifu ${name} `)).toBe(isHidden !== true);
  });

  it('of a word names its commands', () => {
    for (const { word, commands } of loaded) {
      const usage = groupUsage(word, commands, t, 80);
      for (const { name } of commands) expect(usage).toContain(name);
    }
  });
});

it('lines break where neither language tears a word or begins a line with a mark', () => {
  expect(wrapped('検出: rpm:NAME、file:PATH、command:SHELL、receipt', 28)).toEqual([
    '検出: rpm:NAME、file:PATH、',
    'command:SHELL、receipt',
  ]);
  expect(wrapped('終了コードの意味: 0=ok,3010=restart,1618=retry', 40)).toEqual([
    '終了コードの意味:',
    '0=ok,3010=restart,1618=retry',
  ]);
  expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapped('x'.repeat(20), 8)).toEqual(['xxxxxxxx', 'xxxxxxxx', 'xxxx']);
});

it('no command has two meanings', () => {
  const names = all.map(({ prefix, command }) => `${prefix} ${command.name}`);
  expect(new Set(names).size).toBe(names.length);
  for (const { command } of all)
    for (const name of Object.keys(command.options)) expect(Object.keys(commonOptions)).not.toContain(name);
});
