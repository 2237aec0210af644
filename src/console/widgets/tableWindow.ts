/**
 * The part of a list that is in sight: the old window, moved as little as needed to hold the cursor, and never
 * past the end. Rows are one line high.
 */
export function tableWindow(total: number, height: number, cursor: number, top: number): number {
  if (height <= 0 || total <= height) return 0;
  const last = total - height;
  const kept = Math.min(Math.max(top, 0), last);
  if (cursor < kept) return Math.max(0, cursor);
  if (cursor >= kept + height) return Math.min(last, cursor - height + 1);
  return kept;
}

/** The cursor after a move, kept inside the list; -1 for an empty list. */
export const moveCursor = (total: number, cursor: number, by: number): number =>
  total === 0 ? -1 : Math.min(total - 1, Math.max(0, cursor + by));

/** First cell and length of the scroll bar's thumb on a bar of `height` cells; null: everything is in sight. */
export function scrollThumb(
  total: number,
  height: number,
  top: number,
): { readonly from: number; readonly length: number } | null {
  if (total <= height || height <= 0) return null;
  const length = Math.max(1, Math.round((height * height) / total));
  const travel = height - length;
  const from = Math.round((top / (total - height)) * travel);
  return { from: Math.min(travel, Math.max(0, from)), length };
}
