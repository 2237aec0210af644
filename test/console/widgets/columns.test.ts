import { describe, expect, it } from 'vitest';
import { tablesOfNode } from '../../../src/console/viewmodels/registry.ts';
import { runDeviceColumns } from '../../../src/console/viewmodels/runDeviceCells.ts';
import { layoutColumns } from '../../../src/console/widgets/columns.ts';

const used = (widths: readonly number[]) =>
  widths.reduce((sum, width) => (width > 0 ? sum + width + 1 : sum), 0) - 1;

describe('columns share the width', () => {
  it('gives what is left to the flexible ones by weight', () => {
    const widths = layoutColumns(
      [
        { min: 10, weight: 1, dropOrder: 0 },
        { min: 5, weight: 0, dropOrder: 0 },
        { min: 10, weight: 3, dropOrder: 0 },
      ],
      67,
    );
    expect(widths).toEqual([20, 5, 40]);
  });

  it('leaves out the least important first', () => {
    const widths = layoutColumns(
      [
        { min: 10, weight: 1, dropOrder: 0 },
        { min: 10, weight: 0, dropOrder: 1 },
        { min: 10, weight: 0, dropOrder: 2 },
      ],
      22,
    );
    expect(widths).toEqual([11, 10, 0]);
  });

  const tables = [...new Set(Object.values(tablesOfNode).flat())];
  it.each([
    ...tables.map((table) => [table.kind, table.columns] as const),
    ['run', runDeviceColumns] as const,
  ])('%s fits the smallest workspace and fills wider ones', (_kind, columns) => {
    for (let width = 24; width <= 300; width++) {
      expect(used(layoutColumns(columns, width))).toBe(width);
    }
  });
});
