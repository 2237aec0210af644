import type { Model } from '../../domain/model.ts';
import { searchForm } from '../../shared/searchForm.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { buildTree, findNode, type TreeNode } from '../state/tree.ts';
import { emptyTable, type TableState } from '../state/uiState.ts';
import { tablesOfNode } from './registry.ts';
import type { TableDefinition } from './tableDefinition.ts';

/** A list with a cursor, marks and a filter: a table of the workspace or of the run screen. */
export interface ListView<Row extends { readonly id: string } = { readonly id: string }> {
  /** Where its state stands in `ui.tables`. */
  readonly key: string;
  /** Filtered, in order. */
  readonly rows: readonly Row[];
  /** Before the filter. */
  readonly totalCount: number;
  /** -1: the list is empty. */
  readonly cursor: number;
  readonly table: TableState;
}

export interface TableView extends ListView {
  readonly node: TreeNode;
  readonly definition: TableDefinition;
  readonly definitions: readonly TableDefinition[];
  readonly tab: number;
}

export const selectTree = (state: ConsoleState): readonly TreeNode[] =>
  buildTree(state.model.collections, state.ui.expanded);

export function selectNode(state: ConsoleState): TreeNode {
  const nodes = selectTree(state);
  return nodes[findNode(nodes, state.ui.node)]!;
}

/** The cursor's row: by id, or by place when that row is gone. */
export function cursorOf(rows: readonly { readonly id: string }[], table: TableState): number {
  if (rows.length === 0) return -1;
  // Mostly it is still where it was.
  if (rows[table.cursorIndex]?.id === table.cursorId) return table.cursorIndex;
  const at = table.cursorId === null ? -1 : rows.findIndex(({ id }) => id === table.cursorId);
  return at >= 0 ? at : Math.min(table.cursorIndex, rows.length - 1);
}

/** Sorting and filtering ten thousand rows again for each key would be felt: one answer is kept a table. */
interface Kept {
  readonly definition: TableDefinition;
  readonly nodeId: string;
  readonly read: readonly unknown[];
  readonly all: readonly { readonly id: string }[];
  readonly filter: string;
  readonly rows: readonly { readonly id: string }[];
}
let kept: Kept | null = null;

const searchTexts = new WeakMap<object, string>();
function searchTextOf(definition: TableDefinition, row: { readonly id: string }): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = searchForm(definition.searchText(row));
  searchTexts.set(row, text);
  return text;
}

function rowsOf(definition: TableDefinition, node: TreeNode, model: Model, filter: string): Kept {
  const read = definition.reads.map((name) => model[name]);
  const isSame =
    kept !== null &&
    kept.definition === definition &&
    kept.nodeId === node.id &&
    read.every((collection, i) => collection === kept!.read[i]);
  if (isSame && kept!.filter === filter) return kept!;
  const all = isSame ? kept!.all : definition.rows(model, node);
  const words = searchForm(filter)
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows =
    words.length === 0
      ? all
      : all.filter((row) => words.every((word) => searchTextOf(definition, row).includes(word)));
  kept = { definition, nodeId: node.id, read, all, filter, rows };
  return kept;
}

/** The table of the selected node's workspace. */
export function selectTable(state: ConsoleState): TableView {
  const node = selectNode(state);
  const definitions = tablesOfNode[node.kind];
  const tab = Math.min(state.ui.tabs[node.id] ?? 0, definitions.length - 1);
  const definition = definitions[tab]!;
  const key = `${node.id}/${definition.kind}`;
  const table = state.ui.tables[key] ?? emptyTable;
  const { rows, all } = rowsOf(definition, node, state.model.collections, table.filter);
  return {
    key,
    rows,
    totalCount: all.length,
    cursor: cursorOf(rows, table),
    table,
    node,
    definition,
    definitions,
    tab,
  };
}

/** The rows that an action applies to: the marked ones that are in sight of the filter, else the cursor's. */
export function chosenIds(list: ListView): readonly string[] {
  const { marks } = list.table;
  const marked = marks.size === 0 ? [] : list.rows.filter(({ id }) => marks.has(id)).map(({ id }) => id);
  if (marked.length > 0) return marked;
  const row = list.rows[list.cursor];
  return row === undefined ? [] : [row.id];
}
