import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { cellUpdate } from '../../../src/console/ink/cellUpdate.ts';

const columns = 40;

/** Text and look of each cell after these bytes were written. */
async function cellsAfter(text: string): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows: 2, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const line = terminal.buffer.active.getLine(0)!;
  const cells = Array.from({ length: columns }, (_, x) => {
    const cell = line.getCell(x)!;
    const flags = [cell.isBold(), cell.isDim(), cell.isUnderline(), cell.isInverse()].map((flag) =>
      flag ? 1 : 0,
    );
    const text = cell.getWidth() === 0 ? 'wide' : cell.getChars() || ' ';
    return `${text} ${cell.getFgColorMode()}:${cell.getFgColor()} ${cell.getBgColorMode()}:${cell.getBgColor()} ${flags}`;
  });
  terminal.dispose();
  return cells;
}

/** Numerical Recipes' generator: the same lines in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const words = ['device', '東京', ' ', '  ', '│', '12/34', '…', 'インストール', 'ok', '────'];
const codes = [
  '1',
  '2',
  '4',
  '7',
  '22',
  '24',
  '27',
  '31',
  '39',
  '44',
  '49',
  '38;5;44',
  '48;5;25',
  '1;36',
  '0',
  '97',
  '',
];
const width = (word: string) => [...word].reduce((sum, sign) => sum + (sign >= '\u3000' ? 2 : 1), 0);

function someLine(below: (limit: number) => number): string {
  let line = '';
  let used = 0;
  for (const limit = below(columns + 1); ; ) {
    if (below(2) === 0) line += `\u{1B}[${codes[below(codes.length)]}m`;
    const word = words[below(words.length)]!;
    if (used + width(word) > limit) break;
    line += word;
    used += width(word);
  }
  return `${line}\u{1B}[0m`.replace(/ +\u{1B}\[0m$/u, '\u{1B}[0m');
}

describe('cellUpdate', () => {
  it('leaves on the screen what drawing the whole line leaves', async () => {
    const below = numbers(7);
    for (let i = 0; i < 400; i++) {
      const previous = someLine(below);
      // Half of the lines differ in a part only, as those of a table do.
      const other = someLine(below);
      const cut = below(previous.length);
      const begun = previous.slice(0, cut).replace(/\u{1B}[^m]*$/u, '');
      const next = below(2) === 0 ? other : `${begun}\u{1B}[0m`;
      const update = cellUpdate(previous, next, columns);
      expect(update).not.toBeNull();
      const updated = await cellsAfter(`\u{1B}[?7l${previous}\u{1B}[0m${update}`);
      expect({ previous, next, cells: updated }).toEqual({
        previous,
        next,
        cells: await cellsAfter(`\u{1B}[?7l${next}\u{1B}[0m`),
      });
    }
  });

  it('draws little when little changed', () => {
    const line = (count: number) => `\u{1B}[2m${'─'.repeat(10)} ${count}/9999 ${'─'.repeat(15)}\u{1B}[0m`;
    expect(cellUpdate(line(1234), line(1235), columns)).toBe('\u{1B}[15G\u{1B}[0;2m5\u{1B}[0m');
    expect(cellUpdate(line(1234), line(1234), columns)).toBe('');
  });

  it('leaves to Ink what is not plain', () => {
    expect(cellUpdate('a', '👩‍💻', columns)).toBeNull();
    expect(cellUpdate('a', '\u{1B}[38;2;1;2;3mb', columns)).toBeNull();
    expect(cellUpdate('a', '\u{1B}]8;;x\u{7}b', columns)).toBeNull();
    expect(cellUpdate('a', 'b'.repeat(columns + 1), columns)).toBeNull();
    expect(cellUpdate('a', 'b', undefined)).toBeNull();
  });
});
