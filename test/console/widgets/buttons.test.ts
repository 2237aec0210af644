import { describe, expect, it } from 'vitest';
import { buttonRows } from '../../../src/console/widgets/Buttons.tsx';
import { cellWidth } from '../../../src/shared/cellWidth.ts';

const button = (label: string) => ({ id: label, label });
const labels = ['実行を続ける', 'web01 のみキャンセル', '実行全体をキャンセル', 'もっと'].map(button);
const widthOf = (row: readonly { label: string }[]): number =>
  1 + row.reduce((sum, { label }) => sum + cellWidth(`[ ${label} ]`) + 2, -2);

describe('rows of buttons', () => {
  it('stay one row while they fit', () => {
    expect(buttonRows(labels, 120)).toEqual([labels]);
    expect(buttonRows(labels, widthOf(labels))).toEqual([labels]);
  });

  it('keep every button inside the width, in order', () => {
    for (const width of [30, 50, 74]) {
      const rows = buttonRows(labels, width);
      expect(rows.flat()).toEqual(labels);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(width);
    }
  });

  it('give a button that is too wide a row of its own', () => {
    expect(buttonRows([button('a'), button('b'.repeat(50))], 20)).toHaveLength(2);
  });
});
