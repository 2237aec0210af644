import type { ConsoleContext } from '../consoleContext.ts';
import { layoutOf } from '../layout.ts';
import { findNode } from '../state/tree.ts';
import { selectNode, selectTree } from '../viewmodels/selectTable.ts';
import { moveCursor, tableWindow } from '../widgets/tableWindow.ts';

/** The part of the context that the tree takes. */
type Shows = Pick<ConsoleContext, 'getState' | 'dispatch'>;

const treeRows = (context: Shows): number => (layoutOf(context.getState().ui)?.tree.height ?? 3) - 2;

/** Moves the tree's cursor; the workspace follows at once. */
export function moveInTree(
  context: ConsoleContext,
  target: (cursor: number, total: number, page: number) => number,
) {
  const state = context.getState();
  const nodes = selectTree(state);
  const inSight = treeRows(context);
  const wanted = target(findNode(nodes, state.ui.node), nodes.length, Math.max(1, inSight - 1));
  const cursor = moveCursor(nodes.length, wanted, 0);
  goToNode(context, nodes[cursor]!.id);
}

export function goToNode(context: Shows, id: string) {
  context.dispatch({ type: 'ui/node', node: id });
  const state = context.getState();
  const nodes = selectTree(state);
  const top = tableWindow(nodes.length, treeRows(context), findNode(nodes, id), state.ui.treeTop);
  context.dispatch({ type: 'ui/set', change: { treeTop: top } });
}

/** Right: unfolds, opens a run that is under way, or goes to the workspace when there is nothing to unfold. */
export function expandNode(context: ConsoleContext) {
  const node = selectNode(context.getState());
  if (node.isExpanded === false)
    return context.dispatch({ type: 'ui/expanded', node: node.id, isExpanded: true });
  if (node.runId !== undefined) return context.openRun(node.runId);
  context.dispatch({ type: 'ui/set', change: { pane: 'table' } });
}

/** Left: folds, or goes to the level above. */
export function collapseNode(context: ConsoleContext) {
  const node = selectNode(context.getState());
  if (node.isExpanded === true)
    return context.dispatch({ type: 'ui/expanded', node: node.id, isExpanded: false });
  if (node.parentId !== null) goToNode(context, node.parentId);
}
