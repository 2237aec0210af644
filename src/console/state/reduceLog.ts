import { type LogChunk, type LogState, noPlace, windowEnd, windowStart } from './logState.ts';

/** So much of a log is in the window at once; beyond it what is farther from the reader goes. */
export const mostWindowBytes = 2 * 1024 * 1024;

export interface ReadChunk {
  readonly attempt: number;
  readonly chunk: LogChunk;
  readonly sizeBytes: number;
}

/**
 * `alone`: the window is this part only. A part that does not join the window any more (it was read for an earlier one) is
 * dropped.
 */
export function withChunk(
  log: LogState,
  { attempt, chunk, sizeBytes }: ReadChunk,
  place: 'alone' | 'after' | 'before',
): LogState {
  if (place === 'alone') {
    const search = log.search && { ...log.search, line: null };
    return { ...log, attempt, sizeBytes, chunks: [chunk], lines: chunk.lines, top: noPlace, search };
  }
  if (attempt !== log.attempt) return log;
  if (place === 'after') {
    if (chunk.offset !== windowEnd(log)) return log;
    return chunk.nextOffset === chunk.offset
      ? { ...log, sizeBytes }
      : trimmedBefore({ ...log, sizeBytes, ...joined([...log.chunks, chunk]) });
  }
  if (chunk.nextOffset !== windowStart(log) || chunk.nextOffset === chunk.offset) return log;
  const whole = joined([chunk, ...log.chunks]);
  return trimmedAfter(moved({ ...log, sizeBytes, ...whole }, chunk.lines.length));
}

const joined = (chunks: readonly LogChunk[]) => ({ chunks, lines: chunks.flatMap(({ lines }) => lines) });

/** The lines have `by` more before them than they had. */
function moved(log: LogState, by: number): LogState {
  const line = log.search?.line ?? null;
  return {
    ...log,
    top: { ...log.top, line: log.top.line + by },
    search: log.search && { ...log.search, line: line === null || line + by < 0 ? null : line + by },
  };
}

const isTooLong = (log: LogState): boolean =>
  log.chunks.length > 1 && windowEnd(log) - windowStart(log) > mostWindowBytes;

/** Never what is read at the moment. */
function trimmedBefore(log: LogState): LogState {
  let trimmed = log;
  while (isTooLong(trimmed)) {
    const gone = trimmed.chunks[0]!.lines.length;
    if (!trimmed.isFollowing && trimmed.top.line < gone) return trimmed;
    const { top } = trimmed;
    trimmed = moved({ ...trimmed, ...joined(trimmed.chunks.slice(1)) }, -gone);
    if (trimmed.top.line < 0) trimmed = { ...trimmed, top: { ...top, line: 0 } };
  }
  return trimmed;
}

function trimmedAfter(log: LogState): LogState {
  let trimmed = log;
  while (isTooLong(trimmed))
    trimmed = { ...trimmed, ...joined(trimmed.chunks.slice(0, -1)), isFollowing: false };
  return trimmed;
}
