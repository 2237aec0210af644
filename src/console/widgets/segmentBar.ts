import { type Role, type Span, span } from '../terminal/roles.ts';

export interface Segment {
  readonly count: number;
  /** One cell: the parts of the bar differ without colour too. */
  readonly sign: string;
  readonly role: Role;
}

/**
 * A bar of exactly `width` cells, each segment as long as its share. A segment with a count has a cell at least, as long
 * as there are cells for all.
 */
export function segmentBar(segments: readonly Segment[], width: number): Span[] {
  const present = segments.filter(({ count }) => count > 0);
  const total = present.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || width <= 0) return [span(' '.repeat(Math.max(0, width)))];
  const cells = present.map(({ count }) => Math.max(1, Math.floor((count / total) * width)));
  const used = () => cells.reduce((sum, own) => sum + own, 0);
  while (used() > width) cells[cells.indexOf(Math.max(...cells))]!--;
  // What rounding left over goes to those that lost most by it.
  while (used() < width) {
    const lost = present.map(({ count }, i) => (count / total) * width - cells[i]!);
    cells[lost.indexOf(Math.max(...lost))]!++;
  }
  return present.map(({ sign, role }, i) => span(sign.repeat(cells[i]!), role));
}
