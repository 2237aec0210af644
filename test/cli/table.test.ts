import { describe, expect, it } from 'vitest';
import { fieldLines } from '../../src/cli/show/fieldLines.ts';
import { type TableColumn, tableLines } from '../../src/cli/table.ts';
import { cellWidth } from '../../src/shared/cellWidth.ts';

type Row = readonly [string, string, string];
const columns: readonly TableColumn<Row>[] = [
  { title: 'Name', text: ([name]) => name },
  { title: 'Group', text: ([, group]) => group },
  { title: 'Id', isWhole: true, text: ([, , id]) => id },
];
const id = 'dev-714606469648e3647890';

describe('a table', () => {
  it('is whole where nothing bounds it', () => {
    const name = '名'.repeat(100);
    expect(tableLines(columns, [[name, 'Tokyo', id]])[1]).toBe(`${name}  Tokyo  ${id}`);
  });

  it('fits a terminal: the widest column gives way, and what is compared or copied is never cut', () => {
    const lines = tableLines(
      columns,
      [
        ['名'.repeat(100), 'Tokyo/Web', id],
        ['web-1', 'Osaka', id],
      ],
      80,
    );
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(80);
    expect(lines[1]).toMatch(/^名+… {2,3}Tokyo\/Web {2}dev-714606469648e3647890$/);
    const narrow = tableLines(columns, [['a'.repeat(30), 'b'.repeat(30), id]], 10);
    expect(narrow[1]).toBe(`${'a'.repeat(7)}…  ${'b'.repeat(7)}…  ${id}`);
  });
});

it('fields stand below one another, in any language, and show nothing to a terminal', () => {
  expect(
    fieldLines([
      ['名前', 'web\x1b[31m'],
      ['OS', null],
      ['--port', 22],
    ]),
  ).toEqual(['名前    web', 'OS      -', '--port  22']);
});
