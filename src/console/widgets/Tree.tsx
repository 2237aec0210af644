import { cellWidth } from '../../shared/cellWidth.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';
import { useTheme } from './themeContext.ts';

export interface TreeRow {
  readonly id: string;
  readonly depth: number;
  readonly label: string;
  /** Stands behind the label, muted: a count. */
  readonly detail?: string;
  /** Null: nothing below it. */
  readonly isExpanded: boolean | null;
}

export interface TreeProps {
  readonly width: number;
  readonly height: number;
  /** Only the rows in sight. */
  readonly rows: readonly TreeRow[];
  /** Of the rows in sight. */
  readonly cursor: number;
  readonly isFocused: boolean;
}

/** The rows of a tree that is unfolded already. */
export function Tree({ width, height, rows, cursor, isFocused }: TreeProps) {
  const { glyphs } = useTheme();
  const lines = rows.map((row): StyledLine => {
    const sign = row.isExpanded === null ? ' ' : row.isExpanded ? glyphs.expanded : glyphs.collapsed;
    const before = `${' '.repeat(row.depth)}${sign} `;
    // The name comes first: without room for both, the count is left out.
    const isRoomy = cellWidth(before) + cellWidth(row.label) + cellWidth(row.detail ?? '') < width;
    return [
      span(before, 'muted'),
      span(row.label),
      span(row.detail && isRoomy ? ` ${row.detail}` : '', 'muted'),
    ];
  });
  return (
    <Lines
      width={width}
      height={height}
      lines={lines}
      wholeRoles={cursor < 0 ? {} : { [cursor]: isFocused ? 'selection' : 'selectionUnfocused' }}
    />
  );
}
