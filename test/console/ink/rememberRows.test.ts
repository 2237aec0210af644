import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type InkOutputClass, rememberRows } from '../../../src/console/ink/rememberRows.ts';

/** Ink's own class, which its package does not export. */
const file = fileURLToPath(new URL('../../../node_modules/ink/build/output.js', import.meta.url));
const { default: Stock } = (await import(file)) as { default: InkOutputClass };
class Remembering extends Stock {}
rememberRows(Remembering);

/** Numerical Recipes' generator: the same frames in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const texts = [
  'plain',
  '東京のデバイス',
  'a東b京c',
  '\u{1B}[1;36mbold\u{1B}[0m and 配布',
  '\u{1B}[48;5;25mselected row   \u{1B}[0m',
  'e\u{301}gal 👩‍💻 done',
  ' '.repeat(12),
  '│',
  'two\nlines',
];
const transformers = [(line: string) => line, (line: string) => `\u{1B}[2m${line}\u{1B}[22m`];

function drawn(Output: InkOutputClass, seed: number) {
  const below = numbers(seed);
  const output = new Output({ width: 24, height: 6 });
  let depth = 0;
  for (let i = 0; i < 30; i++) {
    const kind = below(10);
    if (kind === 0) {
      const x1 = below(20) - 2;
      const y1 = below(6) - 1;
      const isAxis = below(3);
      output.clip({
        x1: isAxis === 1 ? undefined : x1,
        x2: isAxis === 1 ? undefined : x1 + below(14),
        y1: isAxis === 2 ? undefined : y1,
        y2: isAxis === 2 ? undefined : y1 + below(5),
      });
      depth++;
    } else if (kind === 1 && depth > 0) {
      output.unclip();
      depth--;
    } else {
      // Several lines only now and then: they go to Ink as a whole.
      const text = texts[below(below(8) === 0 ? texts.length : texts.length - 1)]!;
      output.write(below(28) - 3, below(9) - 1, text, {
        transformers: below(4) === 0 ? [transformers[1]!] : [transformers[0]!],
      });
    }
  }
  return output.get();
}

describe('rememberRows', () => {
  it('draws what Ink draws, whatever stood there before', () => {
    for (let seed = 0; seed < 300; seed++) {
      // Each frame twice: composed, and remembered.
      expect(drawn(Remembering, seed)).toEqual(drawn(Stock, seed));
      expect(drawn(Remembering, seed)).toEqual(drawn(Stock, seed));
    }
  });

  it('composes only the rows that changed', () => {
    let composed = 0;
    class Counting extends Stock {
      override get() {
        composed++;
        return super.get();
      }
    }
    rememberRows(Counting);
    const frame = (changed: string) => {
      const output = new Counting({ width: 10, height: 3 });
      for (const [y, text] of ['one', changed, 'three'].entries())
        output.write(0, y, text, { transformers: [] });
      return output.get().output;
    };
    expect(frame('two')).toBe('one\ntwo\nthree');
    expect(composed).toBe(3);
    expect(frame('zwei')).toBe('one\nzwei\nthree');
    expect(composed).toBe(4);
    expect(frame('zwei')).toBe('one\nzwei\nthree');
    expect(composed).toBe(4);
  });
});
