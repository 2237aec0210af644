import type { ConsoleContext } from '../consoleContext.ts';
import { activeList, change, moveTo } from './activeList.ts';

/** Marks or unmarks the cursor's row, remembers it as the range's beginning and goes on. */
export function mark(context: ConsoleContext, step = 1) {
  const { list } = activeList(context.getState());
  const row = list.rows[list.cursor];
  if (row === undefined) return;
  const marks = new Set(list.table.marks);
  if (!marks.delete(row.id)) marks.add(row.id);
  change(context, list.key, { marks, anchorId: row.id });
  moveTo(context, (cursor) => cursor + step);
}

/** Shift and an arrow: marks the row and goes there. */
export function markAndMove(context: ConsoleContext, step: number) {
  const { list } = activeList(context.getState());
  const row = list.rows[list.cursor];
  if (row === undefined) return;
  change(context, list.key, { marks: new Set(list.table.marks).add(row.id), anchorId: row.id });
  moveTo(context, (cursor) => cursor + step);
}

/** All rows of the filter; when they are all marked, none. */
export function markAll(context: ConsoleContext) {
  const { list } = activeList(context.getState());
  const marks = new Set(list.table.marks);
  const isAll = list.rows.length > 0 && list.rows.every(({ id }) => marks.has(id));
  for (const { id } of list.rows) {
    if (isAll) marks.delete(id);
    else marks.add(id);
  }
  change(context, list.key, { marks });
}

/** What the filter shows: marked becomes unmarked, and the other way round. */
export function markInvert(context: ConsoleContext) {
  const { list } = activeList(context.getState());
  const marks = new Set(list.table.marks);
  for (const { id } of list.rows) if (!marks.delete(id)) marks.add(id);
  change(context, list.key, { marks });
}

/** No mark at all, those that the filter hides too. */
export function markNone(context: ConsoleContext) {
  const { list } = activeList(context.getState());
  if (list.table.marks.size > 0) change(context, list.key, { marks: new Set(), anchorId: null });
}

/** From the row that was marked last to the cursor. */
export function markRange(context: ConsoleContext) {
  const { list } = activeList(context.getState());
  if (list.cursor < 0) return;
  const anchor = list.rows.findIndex(({ id }) => id === list.table.anchorId);
  const from = anchor < 0 ? list.cursor : Math.min(anchor, list.cursor);
  const to = anchor < 0 ? list.cursor : Math.max(anchor, list.cursor);
  const marks = new Set(list.table.marks);
  for (const { id } of list.rows.slice(from, to + 1)) marks.add(id);
  change(context, list.key, { marks, anchorId: list.rows[list.cursor]!.id });
}
