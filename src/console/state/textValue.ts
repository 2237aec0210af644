import { Graphemes } from '../../shared/plainText.ts';
import type { KeyEvent } from '../keys/chord.ts';

/** A line being edited. `cursor` is an offset in UTF-16 units and always stands between two graphemes. */
export interface TextValue {
  readonly text: string;
  readonly cursor: number;
}

const graphemes = new Graphemes();
export const textValue = (text: string): TextValue => ({ text, cursor: text.length });

/** What a one-line field accepts: line ends of a paste become blanks, other control characters go. */
export const oneLine = (text: string): string =>
  text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\u2028\u2029]/gu, '');

const graphemeLeft = (text: string, at: number): number => graphemes.containing(text, at - 1)?.index ?? 0;
function graphemeRight(text: string, at: number): number {
  const found = graphemes.containing(text, at);
  return found === undefined ? text.length : found.index + found.segment.length;
}

/** The start of the word before the cursor, as readline's M-b: over blanks and signs, then over letters. */
const wordLeft = (text: string, at: number): number =>
  at - (/[\p{L}\p{N}\p{M}]*[^\p{L}\p{N}\p{M}]*$/u.exec(text.slice(0, at))?.[0].length ?? 0);
const wordRight = (text: string, at: number): number =>
  at + (/^[^\p{L}\p{N}\p{M}]*[\p{L}\p{N}\p{M}]*/u.exec(text.slice(at))?.[0].length ?? 0);

type Edit = (text: string, cursor: number) => TextValue;
const moved =
  (to: (text: string, at: number) => number): Edit =>
  (text, cursor) => ({ text, cursor: to(text, cursor) });
const cutTo =
  (to: (text: string, at: number) => number): Edit =>
  (text, cursor) => {
    const other = to(text, cursor);
    const from = Math.min(cursor, other);
    return { text: text.slice(0, from) + text.slice(Math.max(cursor, other)), cursor: from };
  };
const start = () => 0;
const end = (text: string) => text.length;

/** The keys of every line editor: arrows, Home/End, readline's control keys, words with Alt or Ctrl. */
const edits: Readonly<Record<string, Edit>> = {
  left: moved(graphemeLeft),
  'ctrl+b': moved(graphemeLeft),
  right: moved(graphemeRight),
  'ctrl+f': moved(graphemeRight),
  home: moved(start),
  'ctrl+a': moved(start),
  end: moved(end),
  'ctrl+e': moved(end),
  'alt+left': moved(wordLeft),
  'ctrl+left': moved(wordLeft),
  'alt+b': moved(wordLeft),
  'alt+right': moved(wordRight),
  'ctrl+right': moved(wordRight),
  'alt+f': moved(wordRight),
  backspace: cutTo(graphemeLeft),
  'ctrl+h': cutTo(graphemeLeft),
  delete: cutTo(graphemeRight),
  'ctrl+d': cutTo(graphemeRight),
  'ctrl+w': cutTo(wordLeft),
  'alt+backspace': cutTo(wordLeft),
  'alt+d': cutTo(wordRight),
  'ctrl+u': cutTo(start),
  'ctrl+k': cutTo(end),
};

/** The value after this key or paste; null when a text field has no use for it. */
export function editText(value: TextValue, event: KeyEvent, maxLength = 65_536): TextValue | null {
  const cursor = Math.min(value.cursor, value.text.length);
  if (event.text !== null) {
    const added = oneLine(event.text);
    if (value.text.length + added.length > maxLength) return value;
    const text = value.text.slice(0, cursor) + added + value.text.slice(cursor);
    return { text, cursor: cursor + added.length };
  }
  return edits[event.chord]?.(value.text, cursor) ?? null;
}
