import { cellWidth, cutCells } from '../../shared/cellWidth.ts';
import { type LogPlace, type LogState, noPlace } from '../state/logState.ts';
import { type Role, type Span, type StyledLine, span } from '../terminal/roles.ts';

/** Rows and cells that the log has on the screen. */
export interface LogSize {
  readonly rows: number;
  readonly width: number;
}

const printableAscii = /^[\x20-\x7e]*$/;

/** A line as it stands in rows of `width` cells: cut anywhere, nothing left out. */
export function wrappedLine(line: string, width: number): string[] {
  if (width <= 0 || cellWidth(line) <= width) return [line];
  const rows: string[] = [];
  for (let rest = line; rest !== ''; ) {
    const cut = cutCells(rest, width) || [...rest][0]!;
    rows.push(cut);
    rest = rest.slice(cut.length);
  }
  return rows;
}

function rowCount(log: LogState, line: number, width: number): number {
  if (!log.isWrapped) return 1;
  const text = log.lines[line] ?? '';
  if (printableAscii.test(text)) return Math.max(1, Math.ceil(text.length / Math.max(1, width)));
  return wrappedLine(text, width).length;
}

/** The place of the first row when the end of the window is in sight. */
export function lastPlace(log: LogState, { rows, width }: LogSize): LogPlace {
  let left = rows;
  for (let line = log.lines.length - 1; line >= 0; line--) {
    const own = rowCount(log, line, width);
    if (own >= left) return { line, row: own - left };
    left -= own;
  }
  return noPlace;
}

const isBefore = (a: LogPlace, b: LogPlace): boolean =>
  a.line < b.line || (a.line === b.line && a.row < b.row);

/** The first row in sight now. */
export function topPlace(log: LogState, size: LogSize): LogPlace {
  const last = lastPlace(log, size);
  return log.isFollowing || isBefore(last, log.top) ? last : log.top;
}

/** `by` rows farther (or back), inside the window. */
export function movedPlace(log: LogState, from: LogPlace, by: number, size: LogSize): LogPlace {
  let { line, row } = from;
  row += by;
  while (row < 0 && line > 0) row += rowCount(log, --line, size.width);
  if (row < 0) return noPlace;
  for (let own = rowCount(log, line, size.width); row >= own && line < log.lines.length - 1; ) {
    row -= own;
    own = rowCount(log, ++line, size.width);
  }
  const last = lastPlace(log, size);
  return isBefore(last, { line, row }) ? last : { line, row };
}

/** Small letters find capitals too; a capital finds only itself. */
export function finder(text: string): (line: string) => number {
  const isExact = text !== text.toLowerCase();
  return isExact ? (line) => line.indexOf(text) : (line) => line.toLowerCase().indexOf(text);
}

/** The nearest line behind `from` (before it with step -1) that has the text; -1: none in these lines. */
export function findLine(lines: readonly string[], text: string, from: number, step: 1 | -1): number {
  const find = finder(text);
  for (let at = from + step; at >= 0 && at < lines.length; at += step) if (find(lines[at]!) >= 0) return at;
  return -1;
}

/** The rows that are in sight. */
export function buildLogLines(log: LogState, size: LogSize, emptyText: string): StyledLine[] {
  if (log.lines.length === 0) return [[span(` ${emptyText}`, 'muted')]];
  const top = topPlace(log, size);
  const shown: StyledLine[] = [];
  for (let at = top.line; at < log.lines.length && shown.length < size.rows; at++) {
    const line = log.lines[at]!;
    const role = lineRole(line);
    const isFound = log.search?.line === at;
    const rows = log.isWrapped ? wrappedLine(line, size.width) : [skipped(line, log.left)];
    for (const row of at === top.line ? rows.slice(top.row) : rows)
      shown.push([span(isFound ? '>' : ' ', 'mark'), ...marked(row, log.search?.text ?? '', role)]);
  }
  return shown.slice(0, size.rows);
}

/** Without its first cells; a character that is cut in two leaves a blank. */
function skipped(line: string, cells: number): string {
  if (cells === 0) return line;
  const cut = cutCells(line, cells);
  const blank = cellWidth(cut) < cells && cut.length < line.length ? 1 : 0;
  return (
    ' '.repeat(blank) +
    line.slice(cut.length + (blank === 1 ? ([...line.slice(cut.length)][0] ?? '').length : 0))
  );
}

/** With every place of the text marked. */
function marked(row: string, text: string, role: Role): Span[] {
  if (text === '') return [span(row, role)];
  const find = finder(text);
  const spans: Span[] = [];
  let rest = row;
  for (let at = find(rest); at >= 0; at = find(rest)) {
    spans.push(span(rest.slice(0, at), role), span(rest.slice(at, at + text.length), 'match'));
    rest = rest.slice(at + text.length);
  }
  return [...spans, span(rest, role)];
}

const troubled = /^\s*(?:\S+:\s+)?(?:E:|error\b|fatal\b|failed\b|err!|cannot\b|unable to\b)/i;
const warned = /^\s*(?:\S+:\s+)?(?:W:|warn(?:ing)?\b)/i;

/** What package tools say about trouble begins the same way: such a line is easier to find in colour. */
const lineRole = (line: string): Role =>
  troubled.test(line) ? 'status.error' : warned.test(line) ? 'status.warning' : 'text';
