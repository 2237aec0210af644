import { cellWidth } from '../../shared/cellWidth.ts';
import { Graphemes } from '../../shared/plainText.ts';

const graphemes = new Graphemes();

/**
 * The part of a text that a field of `width` cells shows so that the cursor (UTF-16 offset) is in sight, and the
 * cell of the cursor. One cell stays free for a cursor at the end.
 */
export function textWindow(text: string, cursor: number, width: number): { shown: string; cell: number } {
  const before = [...graphemes.segment(text.slice(0, cursor))].map((part) => part.segment);
  let cells = 0;
  let first = before.length;
  while (first > 0) {
    const own = cellWidth(before[first - 1]!);
    if (cells + own > width - 1) break;
    cells += own;
    first--;
  }
  let shown = before.slice(first).join('');
  let used = cells;
  for (const { segment } of graphemes.segment(text.slice(cursor))) {
    const own = cellWidth(segment);
    if (used + own > width) break;
    used += own;
    shown += segment;
  }
  return { shown, cell: cells };
}
