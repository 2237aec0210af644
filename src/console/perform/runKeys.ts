import type { ConsoleContext } from '../consoleContext.ts';
import { calculateLayout } from '../layout.ts';
import type { LogState } from '../state/runState.ts';
import { logRowsInSight } from '../viewmodels/deviceLines.ts';
import { selectRunCauses, selectRunDevices } from '../viewmodels/selectRun.ts';
import { change, moveTo } from './activeList.ts';
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

function openLog(context: ConsoleContext, deviceId: string): void {
  const log: LogState = {
    deviceId,
    attempt: null,
    lines: [],
    droppedLines: 0,
    isFollowing: true,
    top: 0,
    left: 0,
  };
  context.dispatch({ type: 'run/log', log });
  context.dispatch({ type: 'run/view', view: 'device', cause: context.getState().run?.cause ?? null });
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

/** Another device's log, without going back to the table. */
export function stepDevice(context: ConsoleContext, step: 1 | -1) {
  moveTo(context, (cursor) => cursor + step);
  const list = selectRunDevices(context.getState());
  const row = list.rows[list.cursor];
  if (row && row.id !== context.getState().run?.log?.deviceId) openLog(context, row.id);
}

/** Going up stops following; reaching the end follows again. */
export function scrollLog(context: ConsoleContext, to: (top: number, page: number) => number) {
  const state = context.getState();
  const log = state.run?.log;
  const layout = calculateLayout(state.ui.width, state.ui.height);
  if (!log || layout === null) return;
  const page = logRowsInSight(layout);
  const last = Math.max(0, log.lines.length - page);
  const top = Math.min(last, Math.max(0, to(log.isFollowing ? last : log.top, page)));
  context.dispatch({ type: 'run/log', log: { ...log, top, isFollowing: top >= last } });
}

export function scrollLogSideways(context: ConsoleContext, by: number) {
  const log = context.getState().run?.log;
  if (log) context.dispatch({ type: 'run/log', log: { ...log, left: Math.max(0, log.left + by) } });
}
