import type { ConsoleContext } from '../consoleContext.ts';
import { layoutOf, runRowsInSight, tableRowsInSight } from '../layout.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { TableState } from '../state/uiState.ts';
import { selectRunCauses, selectRunDevices } from '../viewmodels/selectRun.ts';
import { type ListView, selectTable } from '../viewmodels/selectTable.ts';
import { moveCursor, tableWindow } from '../widgets/tableWindow.ts';

/** The list that the keys move in, and how many of its rows are in sight. */
export function activeList(state: ConsoleState): { list: ListView; inSight: number } {
  const layout = layoutOf(state.ui);
  if (state.ui.screen === 'run') {
    const inSight = layout === null ? 1 : runRowsInSight(layout);
    return { list: state.run?.view === 'causes' ? selectRunCauses(state) : selectRunDevices(state), inSight };
  }
  return { list: selectTable(state), inSight: layout === null ? 1 : tableRowsInSight(layout) };
}

export function moveTo(
  context: ConsoleContext,
  target: (cursor: number, total: number, page: number) => number,
) {
  const { list, inSight } = activeList(context.getState());
  const wanted = target(list.cursor, list.rows.length, Math.max(1, inSight - 1));
  const cursor = moveCursor(list.rows.length, wanted, 0);
  if (cursor < 0) return;
  change(context, list.key, {
    cursorId: list.rows[cursor]!.id,
    cursorIndex: cursor,
    top: tableWindow(list.rows.length, inSight, cursor, list.table.top),
  });
}

export const change = (context: ConsoleContext, key: string, changed: Partial<TableState>): void =>
  context.dispatch({ type: 'ui/table', key, change: changed });
