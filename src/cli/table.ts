import { cellWidth, fitCells } from '../shared/cellWidth.ts';
import { sanitiseLine } from '../shared/sanitise.ts';
import type { CommandContext } from './program/context.ts';

export interface TableColumn<T> {
  readonly title: string;
  text(row: T): string;
  readonly align?: 'left' | 'right';
  /** Never cut: what is compared or copied. */
  readonly isWhole?: boolean;
}

/**
 * Rows as aligned lines under their titles. Within `width` cells, if it is given: the widest column gives way first;
 * without it nothing is cut, and the last column is never padded.
 */
export function tableLines<T>(
  columns: readonly TableColumn<T>[],
  rows: readonly T[],
  width: number | null = null,
): string[] {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((column) => sanitiseLine(column.text(row), 500))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => cellWidth(line[index]!))));
  if (width !== null)
    narrow(
      widths,
      columns.map(({ isWhole }) => isWhole ?? false),
      width,
    );
  return cells.map((line) =>
    line
      .map((text, index) => fitCells(text, widths[index]!, { align: columns[index]!.align ?? 'left' }))
      .join(gap)
      .trimEnd(),
  );
}

const gap = '  ';
const narrowest = 8;

/** Takes a cell at a time from the widest column that may be cut, until the line fits. */
function narrow(widths: number[], isWhole: readonly boolean[], width: number): void {
  let over = widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1)) - width;
  for (; over > 0; over -= 1) {
    const widest = Math.max(...widths.filter((_, index) => !isWhole[index]));
    if (widest <= narrowest) return;
    const at = widths.findIndex((one, index) => one === widest && !isWhole[index]);
    widths[at] = widest - 1;
  }
}

/** A list on the terminal it is read on, or whole for a pipe. An empty one is said, with the command that fills it. */
export function printTable<T>(
  { t, output, hint }: Pick<CommandContext, 't' | 'output' | 'hint'>,
  columns: readonly TableColumn<T>[],
  rows: readonly T[],
  filledBy: string | null = null,
): void {
  if (rows.length > 0) {
    for (const line of tableLines(columns, rows, output.isTerminal ? output.columns : null))
      output.line(line);
    return;
  }
  const command = filledBy === null ? null : hint(filledBy);
  output.note(command === null ? t('cli.list.empty') : `${t('cli.list.empty')} → ${command}`);
}
