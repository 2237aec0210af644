/** How wide a column wants to be. A flexible one shares what is left, by weight. */
export interface ColumnWish {
  readonly min: number;
  /** 0: never wider than min. */
  readonly weight: number;
  /** Columns with the highest number are left out first when there is no room; 0: never. */
  readonly dropOrder: number;
}

const gap = 1;

/** The columns' widths in cells, with one blank between two; 0 for a column that is left out. */
export function layoutColumns(columns: readonly ColumnWish[], width: number): number[] {
  const shown = columns.map(() => true);
  const needed = () => columns.reduce((sum, column, i) => (shown[i] ? sum + column.min + gap : sum), 0) - gap;
  while (needed() > width) {
    let drop = -1;
    for (const [i, column] of columns.entries()) {
      if (!shown[i] || column.dropOrder === 0) continue;
      if (drop === -1 || column.dropOrder > columns[drop]!.dropOrder) drop = i;
    }
    if (drop === -1) break;
    shown[drop] = false;
  }
  if (needed() > width) return shrunk(columns, shown, width);
  let left = width - needed();
  let weights = columns.reduce((sum, column, i) => (shown[i] ? sum + column.weight : sum), 0);
  return columns.map((column, i) => {
    if (!shown[i]) return 0;
    if (weights === 0 || column.weight === 0) return column.min;
    const share = Math.floor((left * column.weight) / weights);
    left -= share;
    weights -= column.weight;
    return column.min + share;
  });
}

/** No room for the minima of those that may not be left out: the widest gives first. */
function shrunk(columns: readonly ColumnWish[], shown: readonly boolean[], width: number): number[] {
  const widths = columns.map(({ min }, i) => (shown[i] ? min : 0));
  const room = Math.max(0, width - gap * (shown.filter(Boolean).length - 1));
  for (let over = widths.reduce((sum, own) => sum + own, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = Math.max(0, widths[widest]! - 1);
  }
  return widths;
}
