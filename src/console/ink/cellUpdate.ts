import { plainWidth } from '../../shared/plainText.ts';

/** One column of a line: the second column of a wide sign has no text. */
interface Cell {
  readonly text: string;
  /** SGR parameters that make its look from a fresh start, `;` before each; empty: plain. */
  readonly look: string;
}

const blank: Cell = { text: ' ', look: '' };
// biome-ignore lint/complexity/useRegexLiterals: an escape in a literal would be a control character
const sgr = new RegExp('\\x1b\\[([\\d;]*)m', 'g');
/** Moving the cursor costs about this many bytes: a shorter gap is drawn over. */
const gapWorthAMove = 12;

/** What is switched on, by what switches it off again (ECMA-48). Null: a parameter that this file does not know. */
function lookAfter(before: ReadonlyMap<string, string>, parameters: string): Map<string, string> | null {
  const look = new Map(before);
  const all = parameters === '' ? ['0'] : parameters.split(';');
  for (let i = 0; i < all.length; i++) {
    const code = all[i]!;
    const number = Number(code);
    if (number === 0) look.clear();
    else if (number === 1 || number === 2) look.set(`22 ${code}`, code);
    else if (number === 4) look.set('24', code);
    else if (number === 7) look.set('27', code);
    else if (number === 22) {
      look.delete('22 1');
      look.delete('22 2');
    } else if (number === 24 || number === 27 || number === 39 || number === 49) look.delete(code);
    else if ((number >= 30 && number <= 37) || (number >= 90 && number <= 97)) look.set('39', code);
    else if ((number >= 40 && number <= 47) || (number >= 100 && number <= 107)) look.set('49', code);
    else if ((number === 38 || number === 48) && all[i + 1] === '5' && all[i + 2] !== undefined) {
      look.set(number === 38 ? '39' : '49', `${code};5;${all[i + 2]}`);
      i += 2;
    } else return null;
  }
  return look;
}

const lookText = (look: ReadonlyMap<string, string>): string =>
  [...look]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, code]) => `;${code}`)
    .join('');

/** Null for a line that holds more than plain text and colours. */
function cellsOf(line: string): Cell[] | null {
  const cells: Cell[] = [];
  let look: Map<string, string> | null = new Map();
  let shown = '';
  let from = 0;
  const add = (text: string): boolean => {
    if (plainWidth(text) === null) return false;
    for (const sign of text) {
      cells.push({ text: sign, look: shown });
      if (plainWidth(sign) === 2) cells.push({ text: '', look: shown });
    }
    return true;
  };
  for (const match of line.matchAll(sgr)) {
    if (!add(line.slice(from, match.index))) return null;
    from = match.index + match[0].length;
    look = lookAfter(look, match[1]!);
    if (look === null) return null;
    shown = lookText(look);
  }
  return add(line.slice(from)) ? cells : null;
}

const isSame = (a: Cell, b: Cell): boolean => a.text === b.text && a.look === b.look;

function drawn(cells: readonly Cell[], from: number, to: number): string {
  let text = `\u{1B}[${from + 1}G`;
  let look = '';
  for (let column = from; column < to; column++) {
    const cell = cells[column]!;
    if (cell.look !== look) text += cell.look === '' ? '\u{1B}[0m' : `\u{1B}[0${cell.look}m`;
    look = cell.look;
    text += cell.text;
  }
  return look === '' ? text : `${text}\u{1B}[0m`;
}

/**
 * What turns one line on the screen into another, drawing only the cells that differ; null when a line holds
 * something else than plain text and colours, or does not fit: then Ink's own way is taken. The cursor may be
 * anywhere in the line before, and is somewhere in it afterwards.
 */
export function cellUpdate(previous: string, next: string, columns: number | undefined): string | null {
  const before = cellsOf(previous);
  const after = cellsOf(next);
  if (before === null || after === null || !(columns !== undefined && columns > 0)) return null;
  // Ink cuts blanks off a line's end.
  const width = Math.max(before.length, after.length);
  if (width > columns) return null;
  while (before.length < width) before.push(blank);
  while (after.length < width) after.push(blank);
  let update = '';
  for (let column = 0; column < width; column++) {
    if (isSame(before[column]!, after[column]!)) continue;
    let to = column + 1;
    for (let at = to; at < width && at - to < gapWorthAMove; at++) {
      if (!isSame(before[at]!, after[at]!)) to = at + 1;
    }
    // A wide sign is drawn whole.
    const from = after[column]!.text === '' ? column - 1 : column;
    if (after[to]?.text === '') to++;
    update += drawn(after, from, to);
    column = to - 1;
  }
  return update;
}
