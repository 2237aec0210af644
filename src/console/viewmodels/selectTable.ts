import type { ConsoleState } from '../state/consoleState.ts';
import type { Sort } from '../state/sort.ts';
import { buildTree, findNode, type TreeNode } from '../state/tree.ts';
import { emptyTable, type TableState } from '../state/uiState.ts';
import type { Words } from '../state/words.ts';
import { countMarks, type MarkCount } from './markCount.ts';
import { tablesOfNode } from './registry.ts';
import type { TableDefinition } from './tableDefinition.ts';
import { tableRows } from './tableRows.ts';
import { translate } from './translate.ts';

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
  readonly marked: MarkCount;
  /** What is wrong with the filter. */
  readonly problem: Words | null;
}

export interface TableView extends ListView {
  /** In order, before the filter. */
  readonly all: readonly { readonly id: string }[];
  readonly sort: Sort | null;
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

/** The table of the selected node's workspace. */
export function selectTable(state: ConsoleState): TableView {
  const node = selectNode(state);
  const definitions = tablesOfNode[node.kind];
  const tab = Math.min(state.ui.tabs[node.id] ?? 0, definitions.length - 1);
  const definition = definitions[tab]!;
  const key = `${node.id}/${definition.kind}`;
  const table = state.ui.tables[key] ?? emptyTable;
  const made = tableRows(key, {
    definition,
    node,
    model: state.model.collections,
    filter: table.filter,
    sort: state.ui.sorts[definition.kind] ?? null,
    t: translate(state.ui.language),
  });
  const { rows, all } = made;
  return {
    key,
    rows,
    all,
    totalCount: all.length,
    cursor: cursorOf(rows, table),
    table,
    marked: countMarks(all, rows, table.marks),
    problem: made.filter.problem,
    sort: made.sort,
    node,
    definition,
    definitions,
    tab,
  };
}

/**
 * The rows that an action applies to: exactly the marked ones that are in sight of the filter, without any mark the
 * cursor's. Marks that the filter hides are left alone: nobody is to remove what he does not see.
 */
export function chosenIds(list: ListView): readonly string[] {
  const { marks } = list.table;
  if (list.marked.inSight > 0) return list.rows.filter(({ id }) => marks.has(id)).map(({ id }) => id);
  if (list.marked.hidden > 0) return [];
  const row = list.rows[list.cursor];
  return row === undefined ? [] : [row.id];
}
