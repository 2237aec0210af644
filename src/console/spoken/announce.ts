import type { SpokenRow } from './spokenRows.ts';

/** What is said: whole lines, or what was typed, which stands behind what was said before. */
export interface Announcement {
  readonly lines: readonly string[];
  readonly typed: string;
}

const nothing: Announcement = { lines: [], typed: '' };
const focusedText = (rows: readonly SpokenRow[]): string =>
  rows
    .filter(({ isFocused }) => isFocused)
    .map(({ focus }) => focus)
    .join('  ');

/**
 * What has changed, to be heard once: everything where the place is another one, else the row that has the focus and
 * what else is new. `isBackground`: the admin did nothing, so the focus is not said again.
 */
export function announce(
  before: readonly SpokenRow[],
  after: readonly SpokenRow[],
  isBackground: boolean,
): Announcement {
  const focus = focusedText(after);
  if (before[0]?.text !== after[0]?.text) {
    const all = after.map(({ text }) => text);
    return { lines: focus === '' ? all : [...all, focus], typed: '' };
  }
  const known = new Set(before.map(({ text }) => text));
  const fresh = after.filter(({ text, isFocused }) => !isFocused && !known.has(text)).map(({ text }) => text);
  const was = focusedText(before);
  if (isBackground || focus === was) return { ...nothing, lines: fresh };
  // Rows that only came into sight by scrolling are heard when the focus comes to them.
  const isScrolled = fresh.length > 0 && known.has(focus);
  if (was !== '' && focus.startsWith(was)) return { lines: fresh, typed: focus.slice(was.length) };
  return { lines: isScrolled ? [focus] : [...fresh, focus], typed: '' };
}
