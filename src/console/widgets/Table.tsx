import { fitCells } from '../../shared/cellWidth.ts';
import { type Role, type Span, type StyledLine, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';
import { Place } from './Place.tsx';
import { scrollThumb } from './tableWindow.ts';
import { useTheme } from './themeContext.ts';
import { wrapCells } from './wrapCells.ts';

export interface TableColumn {
  readonly title: string;
  /** In cells; 0: left out. */
  readonly width: number;
  readonly align?: 'left' | 'right';
}

export interface TableRow {
  readonly id: string;
  /** One for each column. */
  readonly cells: readonly Span[];
  readonly isMarked: boolean;
}

export interface TableProps {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly TableColumn[];
  /** Only the rows in sight, from `top` on. */
  readonly rows: readonly TableRow[];
  readonly total: number;
  readonly top: number;
  /** Of the whole table; -1: none. */
  readonly cursor: number;
  readonly isFocused: boolean;
  /** Stands where the rows would be. */
  readonly emptyText: string;
}

/** Cells of a table's width that are no column: the mark before, the scroll bar behind. */
export const tableMargin = 3;

/** A virtual table with a heading: fixed one-line rows, only those in sight are given and drawn. */
export function Table(props: TableProps) {
  const { width, height, columns, rows, total, top, cursor, isFocused, emptyText } = props;
  const { glyphs } = useTheme();
  const bodyHeight = height - 1;
  const thumb = scrollThumb(total, bodyHeight, top);
  const cellsOf = (cells: readonly Span[]): Span[] =>
    columns.flatMap((column, i) => {
      if (column.width <= 0) return [];
      const cell = cells[i] ?? span('');
      const fitted = fitCells(cell.text, column.width, {
        ellipsis: glyphs.ellipsis,
        align: column.align ?? 'left',
      });
      return [span(fitted, cell.role), span(' ')];
    });
  const heading: StyledLine = [
    span('  '),
    ...cellsOf(columns.map((column) => span(column.title, 'heading'))),
  ];
  const body = rows.slice(0, bodyHeight).map((row): StyledLine => {
    const sign = row.isMarked ? glyphs.marked : ' ';
    return [span(`${sign} `, 'mark'), ...cellsOf(row.cells)];
  });
  if (total === 0) {
    for (const line of wrapCells(emptyText, width - tableMargin))
      body.push([span('  '), span(line, 'muted')]);
  }
  const cursorLine = cursor - top + 1;
  const wholeRoles: Record<number, Role> = {};
  if (cursor >= 0) wholeRoles[cursorLine] = isFocused ? 'selection' : 'selectionUnfocused';
  const bar = Array.from({ length: Math.max(0, height) }, (_, i): StyledLine => {
    if (thumb === null || i === 0) return [span(' ')];
    const isThumb = i - 1 >= thumb.from && i - 1 < thumb.from + thumb.length;
    return [span(isThumb ? glyphs.scrollThumb : glyphs.vertical, 'border')];
  });
  return (
    <WithBar width={width} height={height} lines={[heading, ...body]} wholeRoles={wholeRoles} bar={bar} />
  );
}

interface WithBarProps {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly StyledLine[];
  readonly wholeRoles: Readonly<Record<number, Role>>;
  readonly bar: readonly StyledLine[];
}

function WithBar({ width, height, lines, wholeRoles, bar }: WithBarProps) {
  return (
    <>
      <Place x={0} y={0} width={width - 1} height={height}>
        <Lines width={width - 1} height={height} lines={lines} wholeRoles={wholeRoles} />
      </Place>
      <Place x={width - 1} y={0} width={1} height={height}>
        <Lines width={1} height={height} lines={bar} />
      </Place>
    </>
  );
}
