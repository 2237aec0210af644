import type { Terminal } from '@xterm/headless';

/** What the console itself may send: colours, cursor moves, erasing, cursor and frame modes, line breaks. */
const own = /\u{1B}\[(?:[\d;]*[mABCDEGHJK]|\?(?:25|2026|2004|1049|7)[hl])|[\r\n]/gu;
const control = /[\x00-\x1f\x7f-\x9f]/u;
const unseen =
  /[\u{AD}\u{61C}\u{180E}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FEFF}\u{FFA0}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}\p{Co}\p{Cs}]/u;

/** The first thing in what was sent to a terminal that is none of the program's own; null: there is none. */
export function foreignIn(written: string): string | null {
  const text = written.replaceAll(own, '');
  const found = control.exec(text) ?? unseen.exec(text);
  if (found === null) return null;
  return JSON.stringify(text.slice(Math.max(0, found.index - 30), found.index + 30));
}

export interface SeenCell {
  readonly text: string;
  /** Colours and attributes. */
  readonly look: number;
}

/** Every cell in sight, row by row. */
export function cellsOf(screen: Terminal): SeenCell[][] {
  const buffer = screen.buffer.active;
  const cell = buffer.getNullCell();
  return Array.from({ length: screen.rows }, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y)!;
    return Array.from({ length: screen.cols }, (_, x) => {
      line.getCell(x, cell);
      const flags = cell.isBold() | cell.isDim() | cell.isInverse() | cell.isUnderline() | cell.isBlink();
      const colours = cell.getFgColorMode() + cell.getFgColor() * 3 + cell.getBgColorMode() * 5;
      return {
        text: cell.getChars(),
        look: (flags | cell.isInvisible()) * 7 + colours + cell.getBgColor() * 11,
      };
    });
  });
}

/** Counts what a terminal is made to do besides drawing. */
export function watchTerminal(screen: Terminal): () => string[] {
  const done: string[] = [];
  screen.onTitleChange((title) => done.push(`title ${title}`));
  screen.onBell(() => done.push('bell'));
  screen.onData((answer) => done.push(`answer ${JSON.stringify(answer)}`));
  for (const number of [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 104, 133, 777, 1337])
    screen.parser.registerOscHandler(number, () => {
      done.push(`OSC ${number}`);
      return true;
    });
  return () => [...done, ...(screen.buffer.active.type === 'alternate' ? [] : ['left the screen'])];
}
