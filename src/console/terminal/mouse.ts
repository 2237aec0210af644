/** Button presses and releases (1000) with coordinates of any size (SGR, 1006); xterm's ctlseqs, "Mouse Tracking". */
export const mouseOn = '\u{1B}[?1000h\u{1B}[?1006h';
export const mouseOff = '\u{1B}[?1000l\u{1B}[?1006l';

export type MouseButton = 'left' | 'middle' | 'right' | 'wheelUp' | 'wheelDown';

/** One press or one step of the wheel, in cells from the top left corner of the terminal. */
export interface MouseReport {
  readonly button: MouseButton;
  readonly x: number;
  readonly y: number;
}

const report = /^\x1b\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])$/;
const buttons: Readonly<Record<number, MouseButton>> = {
  0: 'left',
  1: 'middle',
  2: 'right',
  64: 'wheelUp',
  65: 'wheelDown',
};
/** Shift, Meta and Ctrl do not make another button. */
const modifierBits = 4 | 8 | 16;

/** Null: no report, a release, or a button that means nothing here. */
export function parseMouseReport(sequence: string): MouseReport | null {
  const found = report.exec(sequence);
  if (found === null || found[4] === 'm') return null;
  const button = buttons[Number(found[1]) & ~modifierBits];
  const [x, y] = [Number(found[2]) - 1, Number(found[3]) - 1];
  return button === undefined || x < 0 || y < 0 ? null : { button, x, y };
}

/** Reports among everything else that the terminal sends, as they come. */
export interface MouseInput {
  /** What came from the terminal, in pieces of any size. */
  received(text: string): void;
  /** Answers the way to stop. */
  subscribe(listener: (report: MouseReport) => void): () => void;
}

/** A report, or where a paste begins and ends: what stands in a paste is text. */
const sequences = /\x1b\[(?:<[\d;]*[Mm]|20[01]~)/g;
const begun = /\x1b(?:\[(?:<[\d;]{0,20}|2?0?[01]?)?)?$/;

export function createMouseInput(): MouseInput {
  const listeners = new Set<(report: MouseReport) => void>();
  let tail = '';
  let isPasting = false;
  return {
    received(text) {
      const whole = tail + text;
      for (const [sequence] of whole.matchAll(sequences)) {
        if (sequence.endsWith('~')) isPasting = sequence.endsWith('200~');
        const found = isPasting ? null : parseMouseReport(sequence);
        if (found !== null) for (const listener of listeners) listener(found);
      }
      tail = begun.exec(whole)?.[0] ?? '';
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
