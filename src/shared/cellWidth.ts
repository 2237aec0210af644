import stringWidth from 'string-width';
import { Graphemes, plainWidth } from './plainText.ts';

/**
 * How many terminal cells a text takes (Japanese: two a character). The one place that knows: nothing else
 * aligns with `length` or `padEnd`. The text is sanitised already.
 */
const printableAscii = /^[\x20-\x7e]*$/;
const widths = new Map<string, number>();
const mostRemembered = 5000;
const graphemes = new Graphemes();

export function cellWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = plainWidth(text) ?? stringWidth(text);
  if (text.length <= 200) {
    // Forgetting all at once costs one frame now and then; keeping an order would cost each look-up.
    if (widths.size >= mostRemembered) widths.clear();
    widths.set(text, width);
  }
  return width;
}

/** The longest beginning of `text` in at most `width` cells, never splitting a character. */
export function cutCells(text: string, width: number): string {
  if (printableAscii.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    used += cellWidth(segment);
    if (used > width) return kept;
    kept += segment;
  }
  return kept;
}

/**
 * `text` in exactly `width` cells: padded with blanks at its end (`align: 'right'`: at its beginning), or cut
 * with `ellipsis` (default `…`) as its last cell.
 */
export function fitCells(
  text: string,
  width: number,
  options: { readonly ellipsis?: string; readonly align?: 'left' | 'right' } = {},
): string {
  if (width <= 0) return '';
  const own = cellWidth(text);
  if (own <= width) {
    const blanks = ' '.repeat(width - own);
    return options.align === 'right' ? blanks + text : text + blanks;
  }
  const ellipsis = options.ellipsis ?? '…';
  const room = width - cellWidth(ellipsis);
  const cut = room < 0 ? cutCells(text, width) : cutCells(text, room) + ellipsis;
  return cut + ' '.repeat(Math.max(0, width - cellWidth(cut)));
}

/** Tabs as blanks up to the next multiple of eight cells. */
export function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let expanded = '';
  let column = 0;
  for (const [index, part] of line.split('\t').entries()) {
    if (index > 0) {
      const blanks = 8 - (column % 8);
      expanded += ' '.repeat(blanks);
      column += blanks;
    }
    expanded += part;
    column += cellWidth(part);
  }
  return expanded;
}
