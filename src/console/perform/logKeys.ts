import type { ConsoleContext } from '../consoleContext.ts';
import { attemptAt, type LogSubject, readAfter, readBefore, readTail } from '../run/logChunks.ts';
import {
  emptyLog,
  type LogPlace,
  type LogState,
  noPlace,
  windowEnd,
  windowStart,
} from '../state/logState.ts';
import type { ReadChunk } from '../state/reduceLog.ts';
import { words } from '../state/words.ts';
import { glyphSets } from '../terminal/glyphs.ts';
import { attemptsShown } from '../viewmodels/attemptChoice.ts';
import { type LogSize, lastPlace, movedPlace, topPlace } from '../viewmodels/logView.ts';
import { selectDeviceLines } from '../viewmodels/selectDeviceLines.ts';
import { selectRunDevices, selectShownDevice } from '../viewmodels/selectRun.ts';
import { translate } from '../viewmodels/translate.ts';
import { moveTo } from './activeList.ts';
import { notify, notifyFailure } from './ask.ts';

/** The log that is shown, and the rows it has. */
export function shownLog(context: ConsoleContext): { log: LogState; size: LogSize } | null {
  const state = context.getState();
  const drawing = {
    t: translate(state.ui.language),
    glyphs: glyphSets.ascii,
    model: state.model.collections,
  };
  const lines = selectDeviceLines(state, drawing);
  const log = state.run?.log;
  return lines === null || !log ? null : { log, size: lines.logSize };
}

export const changeLog = (context: ConsoleContext, log: LogState, change: Partial<LogState>): void =>
  context.dispatch({ type: 'run/log', log: { ...log, ...change } });

/** Whose log stands in the window. */
export function subjectOf(context: ConsoleContext, log: LogState): LogSubject {
  const { run } = context.getState();
  const attempt = log.attempt ?? attemptAt(run?.devices.get(log.deviceId), log.earlier);
  return { runId: run?.runId ?? '', deviceId: log.deviceId, attempt };
}

export function takeChunk(
  context: ConsoleContext,
  { deviceId, earlier }: LogState,
  read: ReadChunk,
  place: 'alone' | 'after' | 'before',
): void {
  context.dispatch({ type: 'run/logChunk', deviceId, earlier, read, place });
}

/** A device's log, at its end. */
export function openLog(context: ConsoleContext, deviceId: string): void {
  const { run } = context.getState();
  const isWrapped = run?.log?.isWrapped ?? false;
  context.dispatch({ type: 'run/log', log: emptyLog(deviceId, null, isWrapped) });
  context.dispatch({ type: 'run/view', view: 'device', cause: run?.cause ?? null });
}

/** Another device's log, without going back to the table. */
export function stepDevice(context: ConsoleContext, step: 1 | -1) {
  moveTo(context, (cursor) => cursor + step);
  const list = selectRunDevices(context.getState());
  const row = list.rows[list.cursor];
  if (row && row.id !== context.getState().run?.log?.deviceId) openLog(context, row.id);
}

/** An attempt before or after the shown one. */
export function stepAttempt(context: ConsoleContext, step: 1 | -1) {
  const state = context.getState();
  const device = selectShownDevice(state);
  const log = state.run?.log;
  if (device === null || !log) return;
  const count = attemptsShown(device).length;
  const at = (log.earlier ?? count - 1) + step;
  if (count < 2 || at < 0 || at >= count)
    return notify(context, words(count < 2 ? 'run.attempts.one' : 'run.attempts.end'), 'status.active');
  const earlier = at === count - 1 ? null : at;
  context.dispatch({ type: 'run/log', log: emptyLog(log.deviceId, earlier, log.isWrapped) });
}

/** Going up stops following; reaching the end follows again. At the window's edges more is read. */
export function scrollLog(context: ConsoleContext, rows: (page: number) => number) {
  const shown = shownLog(context);
  if (shown === null) return;
  const { log, size } = shown;
  const by = rows(size.rows);
  goTo(context, log, size, movedPlace(log, topPlace(log, size), by, size));
  if (by < 0) void readOnBefore(context, size);
  else void readOnAfter(context, size);
}

export function goTo(context: ConsoleContext, log: LogState, size: LogSize, top: LogPlace): void {
  const last = lastPlace(log, size);
  const isAtEnd = top.line > last.line || (top.line === last.line && top.row >= last.row);
  changeLog(context, log, { top, isFollowing: isAtEnd && windowEnd(log) >= log.sizeBytes });
}

async function readOnBefore(context: ConsoleContext, size: LogSize): Promise<void> {
  const log = shownLog(context)?.log;
  if (!log || log.top.line > size.rows || windowStart(log) === 0) return;
  const read = await readBefore(context.send, subjectOf(context, log), windowStart(log));
  if (read.ok) takeChunk(context, log, read.value, 'before');
}

async function readOnAfter(context: ConsoleContext, size: LogSize): Promise<void> {
  const log = shownLog(context)?.log;
  if (!log || windowEnd(log) >= log.sizeBytes) return;
  if (log.lines.length - log.top.line > size.rows * 3) return;
  const read = await readAfter(context.send, subjectOf(context, log), windowEnd(log));
  if (read.ok) takeChunk(context, log, read.value, 'after');
}

/** The beginning of the log, wherever the window is. */
export async function firstOfLog(context: ConsoleContext): Promise<void> {
  const log = shownLog(context)?.log;
  if (!log) return;
  changeLog(context, log, { top: noPlace, isFollowing: false });
  if (windowStart(log) === 0) return;
  const read = await readAfter(context.send, subjectOf(context, log), 0);
  if (!read.ok) return notifyFailure(context, read.failure);
  takeChunk(context, log, read.value, 'alone');
}

/** The end of the log, and on with it. */
export async function followLog(context: ConsoleContext): Promise<void> {
  const log = shownLog(context)?.log;
  if (!log) return;
  changeLog(context, log, { isFollowing: true });
  if (windowEnd(log) >= log.sizeBytes) return;
  const read = await readTail(context.send, subjectOf(context, log));
  if (read.ok) takeChunk(context, log, read.value, 'alone');
}

/** Following stops where the log stands now, or goes on at its end. */
export function toggleFollow(context: ConsoleContext) {
  const shown = shownLog(context);
  if (shown === null) return;
  const { log, size } = shown;
  if (!log.isFollowing) return void followLog(context);
  changeLog(context, log, { top: topPlace(log, size), isFollowing: false });
}

export function toggleWrap(context: ConsoleContext) {
  const shown = shownLog(context);
  if (shown === null) return;
  const { log, size } = shown;
  const { line } = topPlace(log, size);
  changeLog(context, log, { isWrapped: !log.isWrapped, left: 0, top: { line, row: 0 } });
}

/** Answers whether there was anything to scroll. */
export function scrollLogSideways(context: ConsoleContext, by: number): boolean {
  const log = context.getState().run?.log;
  if (!log || log.isWrapped || (by < 0 && log.left === 0)) return false;
  changeLog(context, log, { left: Math.max(0, log.left + by) });
  return true;
}
