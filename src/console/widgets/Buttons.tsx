import { cellWidth } from '../../shared/cellWidth.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { HitArea } from './HitArea.tsx';
import { Lines } from './Lines.tsx';

interface Button {
  readonly id: string;
  readonly label: string;
  readonly isDisabled?: boolean;
}

export interface ButtonsProps {
  readonly width: number;
  readonly buttons: readonly Button[];
  /** Id of the focused one; null: none. */
  readonly focused: string | null;
  readonly indent?: number;
  /** Where the rows begin inside the surrounding Place, for the mouse. */
  readonly y?: number;
  readonly onPress?: (id: string) => void;
}

/** Buttons in rows: what does not fit beside the others begins a new row, so that none is out of sight. */
export function buttonRows(buttons: readonly Button[], width: number, indent = 1): readonly Button[][] {
  const rows: Button[][] = [];
  let used = width;
  for (const button of buttons) {
    const own = cellWidth(button.label) + 6;
    if (rows.length === 0 || used + own - 2 > width) {
      rows.push([]);
      used = indent;
    }
    rows.at(-1)!.push(button);
    used += own;
  }
  return rows;
}

/** Push buttons: `[ Next ]  [ Cancel ]`. */
export function Buttons({ width, buttons, focused, indent = 1, y = 0, onPress }: ButtonsProps) {
  const rows = buttonRows(buttons, width, indent);
  const lines = rows.map(
    (row): StyledLine => [
      span(' '.repeat(indent)),
      ...row.flatMap(({ id, label, isDisabled }) => [
        span(`[ ${label} ]`, id === focused ? 'selection' : isDisabled ? 'disabled' : 'text'),
        span('  '),
      ]),
    ],
  );
  const press = (x: number, row: number) => {
    let from = indent;
    for (const { id, label, isDisabled } of rows[row] ?? []) {
      const to = from + cellWidth(label) + 4;
      if (x >= from && x < to && !isDisabled) onPress?.(id);
      from = to + 2;
    }
  };
  return (
    <>
      <HitArea
        y={y}
        width={width}
        height={lines.length}
        onMouse={(at) => {
          if (at.button === 'left') press(at.x, at.y);
        }}
      />
      <Lines width={width} height={lines.length} lines={lines} />
    </>
  );
}
