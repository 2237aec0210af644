import { describe, expect, it } from 'vitest';
import { LineSanitiser, sanitiseLine, sanitiseText } from '../../src/shared/sanitise.ts';

const all = (chunks: readonly string[], maxLineLength?: number): string[] => {
  const lines = new LineSanitiser(maxLineLength);
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.end()];
};

describe('B102 sanitiseLine', () => {
  it.each([
    ['colour', '\x1b[31mred\x1b[0m', 'red'],
    ['title (OSC, BEL)', 'a\x1b]0;owned\x07b', 'ab'],
    ['title (OSC, ST)', 'a\x1b]0;owned\x1b\\b', 'ab'],
    ['clipboard (OSC 52)', '\x1b]52;c;cm0gLXJmIC8=\x07x', 'x'],
    ['hyperlink', '\x1b]8;;http://evil\x07click\x1b]8;;\x07', 'click'],
    ['device status report', 'a\x1b[6nb', 'ab'],
    ['answerback DCS', 'a\x1bP$q"p\x1b\\b', 'ab'],
    ['C1 CSI', 'a\x9b31mb', 'ab'],
    ['C1 OSC', 'a\x9d0;t\x9cb', 'ab'],
    ['charset', 'a\x1b(0b', 'ab'],
    ['reset', 'a\x1bcb', 'ab'],
    ['unended CSI', 'a\x1b[31', 'a'],
    ['unended escape', 'a\x1b', 'a'],
    ['backspaces', 'rm\b\bls', 'rmls'],
    ['bell, NUL, DEL', 'a\x07\x00\x7fb', 'ab'],
    ['right-to-left override', 'photo\u202egpj.sh', 'photo<U+202E>gpj.sh'],
    ['isolate', '\u2066a\u2069', '<U+2066>a<U+2069>'],
    ['zero width', 'pay\u200bpal', 'pay<U+200B>pal'],
    ['joiner in Latin', 'pay\u200dpal', 'pay<U+200D>pal'],
    ['byte order mark', '\ufeffx', '<U+FEFF>x'],
    ['tag characters', '\u{e0041}', '<U+E0041>'],
    ['private use', '\ue0b0', '<U+E0B0>'],
    ['line separator', 'a\u2028b', 'a<U+2028>b'],
    ['Hangul filler', 'a\u3164b', 'a<U+3164>b'],
    ['lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a family of emoji', '👨\u200d👩\u200d👧', '👨👩👧'],
    ['a coloured heart, a thumb, a key', '❤\ufe0f👍🏽1\ufe0f\u20e3', '❤👍1'],
    ['a flag', 'a🇯🇵', 'aJP'],
    ['two lines', 'a\r\nb\tc', 'a b c'],
    ['overwritten', 'good\rbad', 'good bad'],
  ])('%s', (_name, hostile, shown) => expect(sanitiseLine(hostile)).toBe(shown));

  it.each(['東京サーバー', 'が', 'か\u3099', '葛\u{e0100}城', 'क्\u200dष', 'é'])('leaves %s alone', (text) =>
    expect(sanitiseLine(text)).toBe(text),
  );

  it('lets no heap of marks climb over other lines', () => {
    expect(sanitiseLine('a' + '\u0301'.repeat(100)).match(/\u0301/g)!.length).toBe(4);
  });

  it('is bounded', () => {
    expect(sanitiseLine('x'.repeat(5000), 100)).toHaveLength(100);
    expect(sanitiseLine('\u202e'.repeat(5000), 100)).toHaveLength(100);
    expect(sanitiseLine(`${'x'.repeat(98)}👍👍`, 100)).toBe(`${'x'.repeat(98)}…`);
  });
});

describe('LineSanitiser', () => {
  it('resolves carriage returns as a terminal would show them', () => {
    expect(all(['Reading... 0%\rReading... 100%\r\nDone\n'])).toEqual(['Reading... 100%', 'Done']);
    expect(all(['10%\r', '20%\r', '30%', '\r\n'])).toEqual(['30%']);
  });

  it('shows a line that has not ended', () => {
    const lines = new LineSanitiser();
    expect(lines.push('one\n50%\r')).toEqual(['one']);
    expect(lines.partial).toBe('50%');
    expect(lines.push('60')).toEqual([]);
    expect(lines.partial).toBe('60');
  });

  it('ends an unended string at the line, so that it hides no further lines', () => {
    expect(all(['a\x1b]0;hidden\nseen\n'])).toEqual(['a', 'seen']);
  });

  it('breaks endless lines and stays small', () => {
    expect(all(['x'.repeat(25)], 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
    expect(all([`${'x'.repeat(9)}👍y\n`], 10)).toEqual(['x'.repeat(9), '👍y']);
  });

  it('gives the same lines however the text is cut', () => {
    const hostile =
      'a\x1b[31mb\x1b]0;t\x07c\r\nd\x9b1;2He👍f\x1bP1\x1b\\g\n\u202eh\x1b(Bi\r50%\rj\n葛\u{e0100}k';
    const whole = all([hostile]);
    for (let cut = 1; cut < hostile.length; cut += 1)
      expect(all([hostile.slice(0, cut), hostile.slice(cut)])).toEqual(whole);
    expect(all([...Array(hostile.length).keys()].map((index) => hostile[index]!))).toEqual(whole);
  });

  it('never lets a control through, whatever comes', () => {
    let seed = 42;
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    const pieces = [
      '\x1b',
      '[',
      ']',
      '\x9b',
      '\x90',
      'P',
      '\x07',
      '\\',
      '\r',
      '\n',
      '\u202e',
      'x',
      '3',
      'm',
      '\x18',
    ];
    for (let round = 0; round < 3000; round += 1) {
      const chunks = [...Array(1 + next(6))].map(() =>
        [...Array(next(8))].map(() => pieces[next(pieces.length)]!).join(''),
      );
      for (const line of all(chunks)) expect(line).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f\u202e]/);
    }
  });
});

it('sanitiseText keeps lines and their last break', () => {
  expect(sanitiseText('a\x1b[1m\nb\n')).toBe('a\nb\n');
  expect(sanitiseText('a\nb')).toBe('a\nb');
});
