import type { ConsoleContext } from '../consoleContext.ts';
import { readAfter, readBefore } from '../run/logChunks.ts';
import { type LogState, windowEnd, windowStart } from '../state/logState.ts';
import type { ReadChunk } from '../state/reduceLog.ts';
import { textValue } from '../state/textValue.ts';
import { words } from '../state/words.ts';
import { findLine, movedPlace, topPlace } from '../viewmodels/logView.ts';
import { notify } from './ask.ts';
import { changeLog, goTo, shownLog, subjectOf, takeChunk } from './logKeys.ts';

export function openLogSearch(context: ConsoleContext) {
  const log = context.getState().run?.log;
  if (!log) return;
  const value = textValue(log.search?.text ?? '');
  context.dispatch({ type: 'ui/overlayOpened', overlay: { kind: 'logSearch', value } });
}

/** Enter in the search's field: on from what is in sight. An empty text ends the search. */
export function searchLog(context: ConsoleContext) {
  const overlay = context.getState().ui.overlays.at(-1);
  const log = context.getState().run?.log;
  if (overlay?.kind !== 'logSearch' || !log) return;
  context.dispatch({ type: 'ui/overlayClosed' });
  const text = overlay.value.text;
  changeLog(context, log, { search: text === '' ? null : { text, line: null } });
  if (text !== '') void findInLog(context, 1);
}

/** Drops the marks of a search; false when there was none. */
export function dropSearch(context: ConsoleContext): boolean {
  const log = context.getState().run?.log;
  if (!log?.search) return false;
  changeLog(context, log, { search: null });
  return true;
}

/**
 * The next place (or the one before) that has the text: in the window at once, then through the rest of the log part by part,
 * then once from the other end. Another device or text ends a long search.
 */
export async function findInLog(context: ConsoleContext, step: 1 | -1): Promise<void> {
  const shown = shownLog(context);
  if (shown === null) return;
  const { log, size } = shown;
  const { search } = log;
  if (search === null) return openLogSearch(context);
  const top = topPlace(log, size);
  // A new search finds the first line in sight too.
  const from = search.line ?? (step === 1 ? top.line - 1 : Math.min(log.lines.length, top.line + size.rows));
  const at = findLine(log.lines, search.text, from, step);
  if (at >= 0) return showFound(context, log, at);
  const found = await findBeyond(context, log, search.text, step);
  if (found === 'gone') return;
  if (found === null)
    return notify(context, words('run.search.none', { text: search.text }), 'status.warning');
  context.dispatch({ type: 'ui/notice', notice: null });
  takeChunk(context, log, found.read, 'alone');
  const now = shownLog(context);
  if (now !== null) showFound(context, now.log, found.line);
}

function showFound(context: ConsoleContext, log: LogState, line: number): void {
  const shown = shownLog(context);
  if (shown === null || log.search === null) return;
  const { size } = shown;
  const marked = { ...log, search: { ...log.search, line } };
  // A few lines before it tell where it is.
  const place = movedPlace(
    { ...marked, isFollowing: false },
    { line, row: 0 },
    -Math.floor(size.rows / 3),
    size,
  );
  goTo(context, marked, size, place);
}

interface Found {
  readonly read: ReadChunk;
  readonly line: number;
}

async function findBeyond(
  context: ConsoleContext,
  log: LogState,
  text: string,
  step: 1 | -1,
): Promise<Found | null | 'gone'> {
  const subject = subjectOf(context, log);
  const isGone = () => {
    const now = context.getState().run?.log;
    return now?.deviceId !== log.deviceId || now.earlier !== log.earlier || now.search?.text !== text;
  };
  const size = log.sizeBytes;
  let at = step === 1 ? windowEnd(log) : windowStart(log);
  let searched = 0;
  let hasTurned = false;
  while (searched < size) {
    const isAtEdge = step === 1 ? at >= size : at <= 0;
    if (isAtEdge) {
      if (hasTurned) return null;
      hasTurned = true;
      at = step === 1 ? 0 : size;
    }
    const read = await (step === 1 ? readAfter : readBefore)(context.send, subject, at);
    if (isGone()) return 'gone';
    if (!read.ok) return null;
    const { chunk } = read.value;
    const line = findLine(chunk.lines, text, step === 1 ? -1 : chunk.lines.length, step);
    if (line >= 0) return { read: read.value, line };
    if (chunk.nextOffset === chunk.offset) return null;
    searched += chunk.nextOffset - chunk.offset;
    at = step === 1 ? chunk.nextOffset : chunk.offset;
    const percent = Math.min(99, Math.floor((searched / size) * 100));
    notify(context, words('run.search.going', { text, percent }), 'status.active');
  }
  return null;
}
