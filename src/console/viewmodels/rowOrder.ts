import type { Model } from '../../domain/model.ts';
import { naturalKey } from '../../shared/nameOrder.ts';
import type { Sort } from '../state/sort.ts';
import type { ColumnDefinition } from './tableDefinition.ts';

type Key = string | number;

/** Numbers before texts; nothing (an empty text) after everything, whichever way it is sorted. */
function compareKeys(a: Key, b: Key, sign: 1 | -1): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  return (a < b ? -1 : 1) * sign;
}

export interface RowOrder<Row> {
  compare(a: Row, b: Row): number;
  /** A copy in order. The keys stand beside the rows meanwhile: looking each of them up would be most of a sort. */
  sorted(rows: readonly Row[]): readonly Row[];
}

/**
 * How two rows of a table stand to each other. Equal ones by the second order (`fallback`), which does not turn round
 * with the first, and at last by their id: the order is total, so rows never change places by chance.
 */
export function rowOrder<Row extends { readonly id: string }>(
  column: ColumnDefinition<Row>,
  { isDescending }: Sort,
  model: Model,
  fallback: ColumnDefinition<Row> | null,
): RowOrder<Row> {
  const sign = isDescending ? -1 : 1;
  const first = keysOf(column, model);
  const second = fallback === null || fallback === column ? null : keysOf(fallback, model);
  const ofEquals = (a: Row, b: Row): number =>
    (second === null ? 0 : compareKeys(second(a), second(b), 1)) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return {
    compare: (a, b) => compareKeys(first(a), first(b), sign) || ofEquals(a, b),
    sorted: (rows) =>
      rows
        .map((row) => ({ row, key: first(row) }))
        .sort((a, b) => compareKeys(a.key, b.key, sign) || ofEquals(a.row, b.row))
        .map(({ row }) => row),
  };
}

/** Keys that depend on the row alone hold as long as the row does. */
const lastingKeys = new WeakMap<object, WeakMap<object, Key>>();

function keyCacheOf(column: ColumnDefinition): WeakMap<object, Key> {
  if (column.reads !== undefined) return new WeakMap();
  const known = lastingKeys.get(column);
  if (known !== undefined) return known;
  const made = new WeakMap<object, Key>();
  lastingKeys.set(column, made);
  return made;
}

function keysOf<Row extends object>(column: ColumnDefinition<Row>, model: Model): (row: Row) => Key {
  const keys = keyCacheOf(column as ColumnDefinition);
  return (row) => {
    let key = keys.get(row);
    if (key === undefined) {
      const value = column.order?.(row as never, model) ?? column.text?.(row as never, model) ?? '';
      key = typeof value === 'string' ? naturalKey(value) : value;
      keys.set(row, key);
    }
    return key;
  };
}
