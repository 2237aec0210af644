import type { Model } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import { searchForm } from '../../shared/searchForm.ts';
import type { Sort } from '../state/sort.ts';
import type { TreeNode } from '../state/tree.ts';
import { type CompiledFilter, compileFilter } from './filter/compileFilter.ts';
import { fitting, IndexedTexts } from './filter/rowTexts.ts';
import { orderRows } from './orderRows.ts';
import { type RowOrder, rowOrder } from './rowOrder.ts';
import type { ColumnDefinition, TableDefinition } from './tableDefinition.ts';

type Row = { readonly id: string };

/** What a table shows, and everything that it was made of: while that stays the same, so does the answer. */
export interface TableRows {
  /** In order, before the filter. */
  readonly all: readonly Row[];
  /** In order, after it. */
  readonly rows: readonly Row[];
  readonly filter: CompiledFilter;
  readonly sort: Sort | null;
}

interface Kept extends TableRows {
  readonly definition: TableDefinition;
  readonly read: readonly unknown[];
  readonly orderRead: readonly unknown[];
  readonly compare: RowOrder<Row> | null;
  readonly texts: IndexedTexts<Row>;
  readonly filterText: string;
  readonly t: Translate;
}

/** Going to and fro between a few nodes of ten thousand devices sorts each of them once. */
const keptAtMost = 8;
const kept = new Map<string, Kept>();

const searchTexts = new WeakMap<object, string>();
function searchTextOf(definition: TableDefinition, row: Row): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = searchForm(definition.searchText(row));
  searchTexts.set(row, text);
  return text;
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

const columnOf = (definition: TableDefinition, sort: Sort | null | undefined): ColumnDefinition<Row> | null =>
  definition.columns.find(({ id }) => id !== undefined && id === sort?.column) ?? null;

export interface TableOrder {
  readonly definition: TableDefinition;
  readonly node: TreeNode;
  readonly model: Model;
  readonly filter: string;
  /** The admin's own sort; null: the table's. */
  readonly sort: Sort | null;
  readonly t: Translate;
}

/** The rows of a table: which, in which order, and which of them fit the filter. Only what has changed is done anew. */
export function tableRows(key: string, order: TableOrder): TableRows {
  const { definition, model, filter, t } = order;
  const sort = columnOf(definition, order.sort) === null ? (definition.sort ?? null) : order.sort;
  const column = columnOf(definition, sort);
  const before = kept.get(key);
  const read = definition.reads.map((name) => model[name]);
  const orderRead = [sort?.column, sort?.isDescending, ...(column?.reads ?? []).map((name) => model[name])];
  const isTable = before?.definition === definition && isSame(before.read, read);
  const isOrder = before?.definition === definition && isSame(before.orderRead, orderRead);
  if (isTable && isOrder && before.filterText === filter && before.t === t) return before;

  const compare = isOrder
    ? before.compare
    : column === null
      ? null
      : rowOrder(column, sort!, model, columnOf(definition, definition.sort));
  const all = isTable && isOrder ? before.all : ordered(order, compare, isOrder ? before.all : null);
  const compiled =
    before?.definition === definition && before.filterText === filter && before.t === t
      ? before.filter
      : compileFilter(filter, definition.columns as readonly ColumnDefinition[], t);
  const texts =
    isTable && isOrder ? before.texts : new IndexedTexts(all, model, (row) => searchTextOf(definition, row));
  const { test } = compiled;
  const rows = test === null ? all : fitting(all, test, texts);
  const made: Kept = {
    all,
    rows,
    filter: compiled,
    sort,
    definition,
    read,
    orderRead,
    compare,
    texts,
    filterText: filter,
    t,
  };
  keep(key, made);
  return made;
}

function ordered(
  { definition, node, model }: TableOrder,
  compare: Kept['compare'],
  before: readonly Row[] | null,
): readonly Row[] {
  const rows = definition.rows(model, node);
  return compare === null ? rows : orderRows(rows, compare, before);
}

function keep(key: string, made: Kept): void {
  kept.delete(key);
  kept.set(key, made);
  if (kept.size > keptAtMost) kept.delete(kept.keys().next().value!);
}
