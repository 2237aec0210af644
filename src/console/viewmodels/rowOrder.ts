import type { Model } from '../../domain/model.ts';
import { naturalKey } from '../../shared/nameOrder.ts';
import type { Sort } from '../state/sort.ts';
import type { ColumnDefinition } from './tableDefinition.ts';

type Key = string | number;

/** Numbers before texts; nothing (an empty text, a dash) after everything, whichever way it is sorted. */
function compareKeys(a: Key, b: Key, sign: 1 | -1): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  return (a < b ? -1 : 1) * sign;
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
): (a: Row, b: Row) => number {
  const sign = isDescending ? -1 : 1;
  const first = keysOf(column, model);
  const second = fallback === null || fallback === column ? null : keysOf(fallback, model);
  return (a, b) =>
    compareKeys(first(a), first(b), sign) ||
    (second === null ? 0 : compareKeys(second(a), second(b), 1)) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Each row's key is made once: a sort asks for it a dozen times. */
function keysOf<Row extends object>(column: ColumnDefinition<Row>, model: Model): (row: Row) => Key {
  const keys = new WeakMap<Row, Key>();
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
