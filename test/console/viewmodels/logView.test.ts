import { describe, expect, it } from 'vitest';
import { chunkBytes, chunkOf } from '../../../src/console/run/logChunks.ts';
import { emptyLog, type LogState } from '../../../src/console/state/logState.ts';
import { withChunk } from '../../../src/console/state/reduceLog.ts';
import {
  buildLogLines,
  findLine,
  lastPlace,
  movedPlace,
  topPlace,
} from '../../../src/console/viewmodels/logView.ts';

const logOf = (lines: readonly string[], change: Partial<LogState> = {}): LogState => ({
  ...emptyLog('d', null, false),
  lines,
  ...change,
});
const rows = (log: LogState, size: { rows: number; width: number }) =>
  buildLogLines(log, size, 'empty').map((line) => line.map(({ text }) => text).join(''));

describe('the rows of a log', () => {
  it('are its last ones while it is followed', () => {
    expect(rows(logOf(['one', 'two', 'three']), { rows: 2, width: 20 })).toEqual([' two', ' three']);
  });

  it('wrap at the edge, wide characters whole, and begin in the middle of a line', () => {
    const log = logOf(['abcdefg', '日本語の行'], { isWrapped: true });
    const size = { rows: 4, width: 5 };
    expect(rows(log, size)).toEqual([' fg', ' 日本', ' 語の', ' 行']);
    expect(lastPlace(log, size)).toEqual({ line: 0, row: 1 });
  });

  it('scroll by rows of the screen and stop at both ends', () => {
    const log = logOf(['abcdefg', 'x', 'abcdefghijk'], { isWrapped: true, isFollowing: false });
    const size = { rows: 2, width: 5 };
    const at = (by: number) => movedPlace(log, { line: 0, row: 1 }, by, size);
    expect(at(1)).toEqual({ line: 1, row: 0 });
    expect(at(2)).toEqual({ line: 2, row: 0 });
    expect(at(99)).toEqual({ line: 2, row: 1 });
    expect(at(-1)).toEqual({ line: 0, row: 0 });
    expect(at(-99)).toEqual({ line: 0, row: 0 });
    expect(topPlace({ ...log, isFollowing: true }, size)).toEqual({ line: 2, row: 1 });
  });

  it('leave out what was scrolled over; half a wide character is a blank', () => {
    const size = { rows: 2, width: 20 };
    expect(rows(logOf(['abcdef', '日本語'], { left: 3 }), size)).toEqual([' def', '  語']);
  });

  it('mark every place that was searched', () => {
    const log = logOf(['disk Disk'], { search: { text: 'disk', line: 0 } });
    const [line] = buildLogLines(log, { rows: 1, width: 20 }, '');
    expect(line!.filter(({ role }) => role === 'match').map(({ text }) => text)).toEqual(['disk', 'Disk']);
    expect(line![0]!.text).toBe('>');
  });

  it('are searched with small letters for both, with a capital exactly', () => {
    const lines = ['Error', 'error', 'none'];
    expect(findLine(lines, 'error', -1, 1)).toBe(0);
    expect(findLine(lines, 'Error', 0, 1)).toBe(-1);
    expect(findLine(lines, 'error', 3, -1)).toBe(1);
  });
});

describe('a part of a log', () => {
  const part = (text: string, offset: number, isCutBefore: boolean, isLast: boolean) =>
    chunkOf(text, offset, { isCutBefore, isLast });

  it('holds whole lines and says in bytes where it stands', () => {
    expect(part('残り\n日本\nopen', 10, true, false)).toEqual({
      offset: 17,
      nextOffset: 24,
      lines: ['日本'],
    });
    expect(part('日本\nlast', 0, false, true)).toEqual({
      offset: 0,
      nextOffset: 11,
      lines: ['日本', 'last'],
    });
  });

  it('waits for the end of a line, but not for one without end', () => {
    expect(part('half a li', 5, false, false)).toEqual({ offset: 5, nextOffset: 5, lines: [] });
    const endless = part('x'.repeat(chunkBytes), 0, false, false);
    expect(endless.nextOffset).toBe(chunkBytes);
    expect(endless.lines.join('')).toHaveLength(chunkBytes);
  });

  it('joins the window only where it belongs', () => {
    const chunk = (offset: number, ...lines: string[]) => ({
      attempt: 1,
      sizeBytes: 99,
      chunk: { offset, nextOffset: offset + 10, lines },
    });
    const begun = withChunk(emptyLog('d', null, false), chunk(20, 'c'), 'alone');
    expect(withChunk(begun, chunk(40, 'x'), 'after')).toBe(begun);
    expect(withChunk(begun, chunk(0, 'x'), 'before')).toBe(begun);
    expect(withChunk(begun, { ...chunk(30, 'x'), attempt: 2 }, 'after')).toBe(begun);
    const longer = withChunk(withChunk(begun, chunk(30, 'd'), 'after'), chunk(10, 'b'), 'before');
    expect(longer.lines).toEqual(['b', 'c', 'd']);
    expect(longer.top.line).toBe(1);
  });
});
