import type { ConsoleContext } from '../consoleContext.ts';
import { selectRunCauses, selectRunDevices } from '../viewmodels/selectRun.ts';
import { change } from './activeList.ts';
import { openLog, scrollLogSideways } from './logKeys.ts';
import { dropSearch } from './logSearch.ts';
import { showPart } from './runList.ts';

/** Enter: a device's log, or the devices of a cause. */
export function openRunRow(context: ConsoleContext) {
  const state = context.getState();
  if (state.run?.view === 'causes') {
    const causes = selectRunCauses(state);
    const cause = causes.rows[causes.cursor];
    if (cause) context.dispatch({ type: 'run/view', view: 'devices', cause: cause.id });
    return;
  }
  const list = selectRunDevices(state);
  const row = list.rows[list.cursor];
  if (row) openLog(context, row.id);
}

/** Failures by cause, and back to all devices. */
export function toggleCauses(context: ConsoleContext) {
  const view = context.getState().run?.view === 'causes' ? 'devices' : 'causes';
  context.dispatch({ type: 'run/view', view, cause: null });
}

/** Esc: from the log to the table, from a cause, a filter or a part to all devices, without marks, then out. */
export function runBack(context: ConsoleContext) {
  const state = context.getState();
  const watch = state.run;
  if (watch === null) return context.dispatch({ type: 'run/close' });
  if (watch.view === 'device') {
    if (dropSearch(context)) return;
    context.dispatch({ type: 'run/view', view: 'devices', cause: watch.cause });
    return context.dispatch({ type: 'run/log', log: null });
  }
  if (watch.view === 'causes' || watch.cause !== null)
    return context.dispatch({
      type: 'run/view',
      view: watch.view === 'causes' ? 'devices' : 'causes',
      cause: null,
    });
  const list = selectRunDevices(state);
  if (list.table.filter !== '')
    return change(context, list.key, { filter: '', cursorId: null, cursorIndex: 0, top: 0 });
  if (watch.show !== 'all') return showPart(context, 'all');
  if (list.table.marks.size > 0) return change(context, list.key, { marks: new Set(), anchorId: null });
  context.dispatch({ type: 'run/close' });
}

/** Left: back over what was scrolled, else out of the log. */
export function logLeftOrBack(context: ConsoleContext) {
  if (!scrollLogSideways(context, -8)) runBack(context);
}
