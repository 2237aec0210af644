import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** The key that does the same without the menu. */
  readonly chord: string;
  /** Why it cannot be chosen now; null: it can. */
  readonly whyDisabled: string | null;
}

export interface MenuProps {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly items: readonly MenuItem[];
  readonly cursor: number;
}

/** Cells that a menu needs for its items and for why one of them is off, frame included. */
export const menuWidth = (items: readonly MenuItem[]): number =>
  Math.max(
    24,
    ...items.flatMap((item) => [
      cellWidth(item.label) + cellWidth(item.chord) + 7,
      cellWidth(item.whyDisabled ?? '') + 4,
    ]),
  );

/** The first item in sight of `shown` lines. */
export const menuTop = (cursor: number, shown: number, count: number): number =>
  Math.max(0, Math.min(cursor - Math.floor(shown / 2), count - shown));

/** A context menu: labels with their keys; the last line tells why the item under the cursor is off. */
export function Menu({ width, height, title, items, cursor }: MenuProps) {
  const inner = width - 2;
  const shown = height - 3;
  const top = menuTop(cursor, shown, items.length);
  const lines = items.slice(top, top + shown).map((item): StyledLine => {
    const chord = fitCells(item.chord, cellWidth(item.chord));
    return [
      span(
        ` ${fitCells(item.label, inner - cellWidth(chord) - 3)} `,
        item.whyDisabled === null ? 'text' : 'disabled',
      ),
      span(chord, 'key'),
      span(' '),
    ];
  });
  return (
    <Frame width={width} height={height} title={title} isFocused>
      <Lines width={inner} height={shown} lines={lines} wholeRoles={{ [cursor - top]: 'selection' }} />
      <Lines
        width={inner}
        height={1}
        lines={[[span(` ${items[cursor]?.whyDisabled ?? ''}`, 'status.warning')]]}
      />
    </Frame>
  );
}
