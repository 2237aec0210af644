import type { RowOrder } from './rowOrder.ts';

type Compare<Row> = (a: Row, b: Row) => number;

/** Above this share of changed rows a merge costs more than sorting anew. */
const mergeShare = 0.25;

/**
 * `next` in order. `before` is the same table's rows of the frame before, in the same order: rows that are still the
 * same objects keep their place, so that one changed device of ten thousand costs one walk and no sort. Sound only
 * while the order of two rows depends on the rows alone.
 */
export function orderRows<Row>(
  next: readonly Row[],
  order: RowOrder<Row>,
  before: readonly Row[] | null,
): readonly Row[] {
  if (before === null || before.length === 0) return order.sorted(next);
  const known = new Set(before);
  const added = next.filter((row) => !known.has(row));
  if (added.length === 0 && next.length === before.length) return before;
  if (added.length > next.length * mergeShare) return order.sorted(next);
  const present = new Set(next);
  const kept = before.filter((row) => present.has(row));
  return merged(kept, order.sorted(added), order.compare);
}

function merged<Row>(a: readonly Row[], b: readonly Row[], compare: Compare<Row>): readonly Row[] {
  const rows: Row[] = [];
  let at = 0;
  for (const row of b) {
    const from = at;
    at = placeOf(a, row, compare, from);
    for (let i = from; i < at; i++) rows.push(a[i]!);
    rows.push(row);
  }
  for (let i = at; i < a.length; i++) rows.push(a[i]!);
  return rows;
}

/** The first place from `from` on whose row stands after `row`. */
function placeOf<Row>(rows: readonly Row[], row: Row, compare: Compare<Row>, from: number): number {
  let low = from;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rows[middle]!, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
