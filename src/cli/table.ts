import { cellWidth, fitCells } from '../shared/cellWidth.ts';
import { sanitiseLine } from '../shared/sanitise.ts';

export interface TableColumn<T> {
  readonly title: string;
  text(row: T): string;
  readonly align?: 'left' | 'right';
}

/** Rows as aligned lines under their titles; the last column is never padded or cut. */
export function tableLines<T>(columns: readonly TableColumn<T>[], rows: readonly T[]): string[] {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((column) => sanitiseLine(column.text(row), 500))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => cellWidth(line[index]!))));
  return cells.map((line) =>
    line
      .map((text, index) => {
        const align = columns[index]!.align ?? 'left';
        return index === columns.length - 1 && align === 'left'
          ? text
          : fitCells(text, widths[index]!, { align });
      })
      .join('  ')
      .trimEnd(),
  );
}
