import type { ConsoleContext } from '../consoleContext.ts';
import { left, stepped } from '../state/history.ts';
import { placeOf } from '../state/placeOf.ts';
import { ancestorNodes } from '../state/tree.ts';
import { words } from '../state/words.ts';
import { selectTable, selectTree } from '../viewmodels/selectTable.ts';
import { change } from './activeList.ts';
import { notify } from './ask.ts';
import { goToNode } from './treeKeys.ts';

/** Remembers the place that is about to be left, for going back to it. */
export function rememberPlace(context: ConsoleContext) {
  const state = context.getState();
  context.dispatch({
    type: 'ui/set',
    change: { history: left(state.ui.history, placeOf(state)) },
  });
}

/** The part of the context that finding a node takes. */
type Reveals = Pick<ConsoleContext, 'getState' | 'dispatch'>;

/** Unfolds what hides the node, selects it, and gives the focus to its table. */
function showNode(context: Reveals, node: string): void {
  const { model } = context.getState();
  context.dispatch({ type: 'ui/nodes', expanded: ancestorNodes(model.collections.groups, node) });
  goToNode(context, node);
}

/** Goes to a node from anywhere; the run screen is left. */
export function jump(context: ConsoleContext, node: string, order: { readonly filter?: string } = {}) {
  rememberPlace(context);
  if (context.getState().ui.screen === 'run') context.dispatch({ type: 'run/close' });
  showNode(context, node);
  context.dispatch({ type: 'ui/set', change: { pane: 'table' } });
  if (order.filter === undefined) return;
  const { key } = selectTable(context.getState());
  change(context, key, { filter: order.filter, cursorId: null, cursorIndex: 0, top: 0 });
}

/** Goes to a row of a node's table. A filter that would hide it is dropped. */
export function jumpToRow(context: ConsoleContext, node: string, id: string, tab = 0) {
  jump(context, node);
  context.dispatch({ type: 'ui/tab', node, tab });
  const hidden = selectTable(context.getState());
  if (!hidden.rows.some((row) => row.id === id)) change(context, hidden.key, { filter: '' });
  const view = selectTable(context.getState());
  const at = view.rows.findIndex((row) => row.id === id);
  if (at >= 0) change(context, view.key, { cursorId: id, cursorIndex: at, top: Math.max(0, at - 3) });
}

/** `[` and `]`, as in k9s: the places that were left by a jump, as in vim. */
export function stepHistory(context: ConsoleContext, way: 'back' | 'forward') {
  const state = context.getState();
  const step = stepped(state.ui.history, placeOf(state), way);
  if (step === null)
    return notify(
      context,
      words(way === 'back' ? 'console.why.noBack' : 'console.why.noForward'),
      'status.warning',
    );
  const { to, history } = step;
  if (to.screen === 'run' && to.runId !== null) context.openRun(to.runId);
  else {
    if (state.ui.screen === 'run') context.dispatch({ type: 'run/close' });
    showNode(context, to.node);
    const isThere = selectTree(context.getState()).some(({ id }) => id === to.node);
    context.dispatch({ type: 'ui/set', change: { pane: isThere ? to.pane : 'tree' } });
  }
  context.dispatch({ type: 'ui/set', change: { history } });
}

/** Brings the remembered node into sight once the server has said what there is. */
export const revealNode = (context: Reveals): void => showNode(context, context.getState().ui.node);
