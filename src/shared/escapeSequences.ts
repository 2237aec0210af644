/**
 * Takes terminal control out of text, a chunk at a time: escape sequences (whole, split over chunks or never
 * ended), C1 controls and every C0 control except `\n`, `\t` and `\r`. Source: ECMA-48, and the state machine
 * of https://vt100.net/emu/dec_ansi_parser.
 */
type State = 'ground' | 'escape' | 'control' | 'string';

/** An unended string (OSC, DCS …) may hide this much and not a line more. */
const longestString = 4096;
const plain = /[^\x00-\x1f\x7f-\x9f]+/y;

export class EscapeSequenceFilter {
  #state: State = 'ground';
  #stringLength = 0;

  /** The text without control; what is left of an unended sequence is taken from the next chunk. */
  push(chunk: string): string {
    let kept = '';
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'ground') {
        plain.lastIndex = at;
        const run = plain.exec(chunk)?.[0];
        if (run !== undefined) {
          kept += run;
          at += run.length;
          continue;
        }
      }
      kept += this.#take(chunk.charCodeAt(at), chunk[at]!);
      at += 1;
    }
    return kept;
  }

  #take(code: number, character: string): string {
    // These end any sequence: CAN, SUB (dropped), a line's end (kept), ESC and C1 (a new sequence).
    if (code === 0x18 || code === 0x1a) return this.#ground('');
    if (code === 0x0a) return this.#ground(character);
    if (code === 0x1b) return this.#enter('escape');
    if (code >= 0x80 && code <= 0x9f) return this.#enterC1(code);
    switch (this.#state) {
      case 'ground':
        return code === 0x09 || code === 0x0d ? character : '';
      case 'escape':
        return this.#takeEscape(code, character);
      case 'control':
        return this.#takeControl(code, character);
      case 'string':
        this.#stringLength += 1;
        if (code === 0x07 || this.#stringLength >= longestString) this.#state = 'ground';
        return '';
    }
  }

  #takeEscape(code: number, character: string): string {
    if (character === '[') return this.#enter('control');
    if (']PX^_'.includes(character)) return this.#enter('string');
    if (code <= 0x2f) return '';
    return code <= 0x7f ? this.#ground('') : this.#ground(character);
  }

  #takeControl(code: number, character: string): string {
    if (code < 0x40) return '';
    return code <= 0x7f ? this.#ground('') : this.#ground(character);
  }

  #enterC1(code: number): string {
    if (code === 0x9b) return this.#enter('control');
    if (code === 0x90 || code === 0x98 || code === 0x9d || code === 0x9e || code === 0x9f)
      return this.#enter('string');
    return this.#ground('');
  }

  #enter(state: State): string {
    this.#state = state;
    this.#stringLength = 0;
    return '';
  }

  #ground(kept: string): string {
    this.#state = 'ground';
    return kept;
  }
}
