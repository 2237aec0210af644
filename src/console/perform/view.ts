import type { ConsoleContext } from '../consoleContext.ts';
import { layoutOf, treeWidthWithin } from '../layout.ts';
import type { Pane } from '../state/uiState.ts';
import { words } from '../state/words.ts';
import { buildDetails } from '../viewmodels/detailLines.ts';
import { notify } from './ask.ts';

export function focusPane(context: ConsoleContext, pane: Pane) {
  const { ui } = context.getState();
  if (ui.screen !== 'console') return;
  context.dispatch({ type: 'ui/set', change: pane === 'detail' ? { pane, isDetailShown: true } : { pane } });
}

export function toggleDetail(context: ConsoleContext) {
  const { isDetailShown, pane } = context.getState().ui;
  context.dispatch({
    type: 'ui/set',
    change: { isDetailShown: !isDetailShown, pane: pane === 'detail' ? 'table' : pane },
  });
}

const treeStep = 4;

export function resizeTree(context: ConsoleContext, way: 1 | -1) {
  const { width, treeWidth } = context.getState().ui;
  const now = treeWidthWithin(width, treeWidth);
  context.dispatch({
    type: 'ui/set',
    change: { treeWidth: treeWidthWithin(width, now + way * treeStep) },
  });
}

export function toggleMouse(context: ConsoleContext) {
  const hasMouse = !context.getState().ui.hasMouse;
  context.dispatch({ type: 'ui/set', change: { hasMouse } });
  notify(context, words(hasMouse ? 'console.notice.mouseOn' : 'console.notice.mouseOff'));
}

/** Scrolls the detail pane, and stays inside its text. */
export function scrollDetail(context: ConsoleContext, to: (top: number, page: number) => number) {
  const state = context.getState();
  const layout = layoutOf(state.ui);
  if (layout === null) return;
  const page = Math.max(1, layout.detail.height - 2);
  const last = Math.max(0, buildDetails(state, layout.detail.width - 2).length - page);
  const top = Math.min(last, Math.max(0, to(Math.min(state.ui.detailTop, last), page)));
  context.dispatch({ type: 'ui/set', change: { detailTop: top } });
}
