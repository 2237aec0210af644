import type { ConsoleContext } from '../consoleContext.ts';
import type { ActionId } from '../keys/keymap.ts';
import { selectTable, selectTree } from '../viewmodels/selectTable.ts';
import type { MousePress } from '../widgets/HitArea.tsx';
import { activeList, moveTo } from './activeList.ts';
import { topForm } from './formKeys.ts';
import { mark } from './marking.ts';
import { perform } from './registry.ts';
import { sortBy } from './sorting.ts';
import { goToNode, moveInTree } from './treeKeys.ts';
import { focusPane, scrollDetail } from './view.ts';

/** Rows that one step of the wheel moves: what most terminals do in their own scrollback. */
const wheelRows = 3;

const wheel = ({ button }: MousePress): number =>
  button === 'wheelUp' ? -wheelRows : button === 'wheelDown' ? wheelRows : 0;

/** A node is selected; its sign folds or unfolds it, and so does a double click. */
export function pressTree(context: ConsoleContext, press: MousePress, top: number) {
  const by = wheel(press);
  if (by !== 0) return moveInTree(context, (cursor) => cursor + Math.sign(by));
  const node = selectTree(context.getState())[top + press.y];
  if (node === undefined) return focusPane(context, 'tree');
  goToNode(context, node.id);
  focusPane(context, 'tree');
  if (press.button === 'right') return perform(context, 'openMenu');
  const isOnSign = press.x >= node.depth && press.x <= node.depth + 1;
  if (node.isExpanded === null || !(isOnSign || press.isDouble)) return;
  context.dispatch({ type: 'ui/expanded', node: node.id, isExpanded: !node.isExpanded });
}

export interface TablePlace {
  /** First row in sight. */
  readonly top: number;
  /** Of the columns as they are drawn, in cells; 0: left out. */
  readonly widths: readonly number[];
}

/** Cells before the first column: the mark. */
const markWidth = 2;

function columnAt(x: number, widths: readonly number[]): number {
  let from = markWidth;
  return widths.findIndex((width) => {
    const isHere = width > 0 && x >= from && x <= from + width;
    if (width > 0) from += width + 1;
    return isHere;
  });
}

/**
 * A row gets the cursor, its first cells the mark; a double click opens it, the right button its menu. A heading sorts.
 * `open` is what Enter does there.
 */
export function pressTable(
  context: ConsoleContext,
  press: MousePress,
  { top, widths }: TablePlace,
  open: ActionId,
) {
  const by = wheel(press);
  if (by !== 0) return moveTo(context, (cursor) => cursor + by);
  focusPane(context, 'table');
  if (press.y === 0) return pressHeading(context, press.x, widths);
  const { list } = activeList(context.getState());
  const at = top + press.y - 1;
  if (at >= list.rows.length) return;
  moveTo(context, () => at);
  if (press.button === 'right') return perform(context, 'openMenu');
  if (press.button !== 'left') return;
  if (press.x < markWidth) mark(context, 0);
  else if (press.isDouble) perform(context, open);
}

function pressHeading(context: ConsoleContext, x: number, widths: readonly number[]): void {
  const state = context.getState();
  if (state.ui.screen !== 'console') return;
  const column = selectTable(state).definition.columns[columnAt(x, widths)];
  if (column?.id !== undefined) sortBy(context, column.id);
}

export function pressDetail(context: ConsoleContext, press: MousePress) {
  const by = wheel(press);
  if (by === 0) focusPane(context, 'detail');
  else scrollDetail(context, (top) => top + by);
}

/** The item under the pointer of a list that is an overlay; the wheel moves in it, a click chooses. */
export function pressList(
  press: MousePress,
  list: { readonly top: number; readonly count: number; readonly cursor: number },
  actions: { move(by: number): void; choose(): void },
) {
  const by = Math.sign(wheel(press));
  if (by !== 0) return actions.move(by);
  const at = list.top + press.y;
  if (press.button !== 'left' || at >= list.count) return;
  if (at !== list.cursor) actions.move(at - list.cursor);
  actions.choose();
}

export const scrollText = (context: ConsoleContext, press: MousePress): void => {
  const by = wheel(press);
  for (let step = 0; step < Math.abs(by); step++) perform(context, by < 0 ? 'scrollUp' : 'scrollDown');
};

/** A field gets the focus, and a choice its next value; a button is pressed. */
export function pressInForm(context: ConsoleContext, focus: string, press: MousePress) {
  const form = topForm(context);
  if (form === null || form.isBusy || press.button !== 'left') return;
  context.dispatch({ type: 'ui/overlayChanged', overlay: { kind: 'form', form: { ...form, focus } } });
  const field = form.fields.find(({ id }) => id === focus);
  if (field === undefined) return perform(context, 'formEnter');
  if (field.kind === 'check' || field.kind === 'choice') perform(context, 'formChange');
}
