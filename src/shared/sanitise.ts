import { EscapeSequenceFilter } from './escapeSequences.ts';
import { visibleText } from './visibleText.ts';

/**
 * B102: text from devices and files may be drawn on a terminal only after it went through here. What comes out
 * has no control character but `\t`, no escape sequence and nothing invisible.
 */
const printableAscii = /^[\x20-\x7e]*$/;

/** What is left of a line after its carriage returns: a progress display's last words. */
const resolveReturns = (line: string): string => {
  if (!line.includes('\r')) return line;
  return line.split('\r').findLast((part) => part !== '') ?? '';
};

/** A line break and a tab become a blank; longer text ends in `…`. For names, reasons and table cells. */
export function sanitiseLine(text: string, maxLength = 1000): string {
  if (text.length <= maxLength && printableAscii.test(text)) return text;
  // An escaped character grows eightfold: cutting the input first bounds the work.
  const filtered = new EscapeSequenceFilter().push(text.slice(0, maxLength * 4));
  const line = visibleText(
    filtered
      .replace(/\r?\n|\t/g, ' ')
      .replace(/\r/g, ' ')
      .trimEnd(),
  );
  const isCut = text.length > maxLength * 4 || line.length > maxLength;
  return isCut ? `${line.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

/** Several lines: each is safe by itself, `\n` and `\t` stay. */
export function sanitiseText(text: string): string {
  const lines = new LineSanitiser();
  return [...lines.push(text), ...lines.end()].join('\n') + (text.endsWith('\n') ? '\n' : '');
}

/**
 * A device's output as it arrives. Carriage returns are resolved, so a progress bar leaves one line. A line
 * longer than `maxLineLength` is broken, not lost.
 */
export class LineSanitiser {
  readonly #maxLineLength: number;
  readonly #filter = new EscapeSequenceFilter();
  #open = '';

  constructor(maxLineLength = 4000) {
    this.#maxLineLength = maxLineLength;
  }

  /** The lines that `chunk` has ended. */
  push(chunk: string): string[] {
    const text = this.#open + this.#filter.push(chunk);
    const parts = text.split('\n');
    this.#open = this.#compacted(parts.pop()!);
    const lines = parts.flatMap((part) => this.#finished(part));
    while (this.#open.length > this.#maxLineLength) {
      const cut = this.#cutPoint(this.#open);
      lines.push(visibleText(this.#open.slice(0, cut)));
      this.#open = this.#open.slice(cut);
    }
    return lines;
  }

  /** The last line, not ended yet (a prompt, a progress bar), as it stands. */
  get partial(): string {
    return visibleText(resolveReturns(this.#open));
  }

  /** The last line, when the text has ended without a line break. */
  end(): string[] {
    const last = this.#finished(this.#open);
    const isEmpty = this.#open === '';
    this.#open = '';
    return isEmpty ? [] : last;
  }

  #finished(part: string): string[] {
    const line = resolveReturns(part);
    const lines: string[] = [];
    let rest = line;
    while (rest.length > this.#maxLineLength) {
      const cut = this.#cutPoint(rest);
      lines.push(visibleText(rest.slice(0, cut)));
      rest = rest.slice(cut);
    }
    return [...lines, visibleText(rest)];
  }

  /** Keeps only what a carriage return has not overwritten: an endless progress bar stays small. */
  #compacted(open: string): string {
    const last = open.lastIndexOf('\r');
    if (last === -1) return open;
    const isAtEnd = last === open.length - 1;
    return isAtEnd ? `${resolveReturns(open)}\r` : open.slice(last + 1);
  }

  #cutPoint(text: string): number {
    const unit = text.charCodeAt(this.#maxLineLength - 1);
    return unit >= 0xd800 && unit <= 0xdbff ? this.#maxLineLength - 1 : this.#maxLineLength;
  }
}
