import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import type { Role, StyledLine } from '../terminal/roles.ts';
import type { Theme } from '../terminal/theme.ts';

/**
 * One line in exactly `width` cells, as one string with its colours. `whole` gives the entire line one role: a
 * selected row reads as one bar.
 */
export function paintLine(theme: Theme, line: StyledLine, width: number, whole?: Role): string {
  const ellipsis = theme.glyphs.ellipsis;
  if (whole !== undefined) {
    const text = line
      .map((part) => theme.shown(part.text))
      .join('')
      .trimEnd();
    return theme.paint(whole, fitCells(text, width, { ellipsis }));
  }
  let room = width;
  let painted = '';
  for (const [index, { text: given, role }] of line.entries()) {
    if (room <= 0) break;
    const text = theme.shown(given);
    const own = cellWidth(text);
    const isCut = own > room || (own === room && index < line.length - 1 && hasText(line, index + 1));
    painted += theme.paint(role, isCut ? fitCells(`${text} `, room, { ellipsis }) : text);
    room -= Math.min(own, room);
  }
  return painted + ' '.repeat(Math.max(0, room));
}

const hasText = (line: StyledLine, from: number): boolean =>
  line.slice(from).some((part) => part.text.trim() !== '');
