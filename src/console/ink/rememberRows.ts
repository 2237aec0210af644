/** What this file knows of Ink's `Output`: bin/inkCaches.mjs refuses to build when Ink's text is another one. */
interface Write {
  readonly type: 'write';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly transformers: readonly ((line: string, index: number) => string)[];
}
interface Clip {
  readonly x1: number | undefined;
  readonly x2: number | undefined;
  readonly y1: number | undefined;
  readonly y2: number | undefined;
}
type Operation = Write | { readonly type: 'clip'; readonly clip: Clip } | { readonly type: 'unclip' };

export interface InkOutput {
  readonly width: number;
  readonly height: number;
  readonly operations: readonly Operation[];
  write(x: number, y: number, text: string, options: Pick<Write, 'transformers'>): void;
  clip(clip: Clip): void;
  unclip(): void;
  get(): { readonly output: string; readonly height: number };
}
export interface InkOutputClass {
  new (size: { readonly width: number; readonly height: number }): InkOutput;
  prototype: InkOutput;
}

interface Row {
  /** Everything that decides what the row looks like. */
  key: string;
  readonly writes: { readonly write: Write; readonly clip: Clip | null }[];
}

const tighter = (
  a: number | undefined,
  b: number | undefined,
  choose: (...ends: number[]) => number,
): number | undefined => (a === undefined ? b : b === undefined ? a : choose(a, b));

const within = (outer: Clip | undefined, { x1, x2, y1, y2 }: Clip): Clip => ({
  x1: tighter(outer?.x1, x1, Math.max),
  x2: tighter(outer?.x2, x2, Math.min),
  y1: tighter(outer?.y1, y1, Math.max),
  y2: tighter(outer?.y2, y2, Math.min),
});

/** The operations by row; null for what only Ink itself can place: a text of several lines. */
function rowsOf({ width, height, operations }: InkOutput): Row[] | null {
  if (!Number.isInteger(height)) return null;
  const rows = Array.from({ length: height }, (): Row => ({ key: String(width), writes: [] }));
  const clips: Clip[] = [];
  for (const operation of operations) {
    if (operation.type === 'clip') clips.push(within(clips.at(-1), operation.clip));
    else if (operation.type === 'unclip') clips.pop();
    else {
      const { x, y, text, transformers } = operation;
      if (text.includes('\n') || !Number.isInteger(y)) return null;
      const row = rows[y];
      const clip = clips.at(-1);
      if (row === undefined || y < (clip?.y1 ?? y) || y >= (clip?.y2 ?? y + 1)) continue;
      let shown = text;
      for (const transformer of transformers) shown = transformer(shown, 0);
      row.key += `\n${x} ${clip?.x1} ${clip?.x2} ${text}${shown === text ? '' : `\n${shown}`}`;
      row.writes.push({
        write: operation,
        clip: clip === undefined ? null : { ...clip, y1: undefined, y2: undefined },
      });
    }
  }
  return rows;
}

/**
 * Ink composes every cell of every row anew in every frame, and measures it. Here a row that is made of the same
 * texts as in the frame before is taken from there; another one is still composed by Ink, as an output one row high.
 */
export function rememberRows(Output: InkOutputClass): void {
  const compose = Output.prototype.get;
  let before = new Map<string, string>();
  Output.prototype.get = function get(this: InkOutput) {
    const rows = rowsOf(this);
    if (rows === null) return compose.call(this);
    const composed = new Map<string, string>();
    const lines = rows.map(({ key, writes }) => {
      let line = composed.get(key) ?? before.get(key);
      if (line === undefined) {
        const alone = new Output({ width: this.width, height: 1 });
        for (const { write, clip } of writes) {
          if (clip !== null) alone.clip(clip);
          alone.write(write.x, 0, write.text, write);
          if (clip !== null) alone.unclip();
        }
        line = compose.call(alone).output;
      }
      composed.set(key, line);
      return line;
    });
    before = composed;
    return { output: lines.join('\n'), height: rows.length };
  };
}
