import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Graphemes, plainWidth } from '../../src/shared/plainText.ts';

const everySign = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter(
  (sign) => !/\p{Surrogate}/u.test(sign),
);
const plainSigns = everySign.filter((sign) => plainWidth(sign) !== null);

describe('plain text', () => {
  it('is as wide as string-width says, sign by sign', () => {
    expect(plainSigns.length).toBeGreaterThan(20_000);
    for (const sign of plainSigns) expect([sign, plainWidth(sign)]).toEqual([sign, stringWidth(sign)]);
    expect(plainWidth(' │ 東京のデバイス ｱ → ok')).toBe(stringWidth(' │ 東京のデバイス ｱ → ok'));
  });

  it('leaves to ICU what joins or has no fixed width', () => {
    for (const text of [
      'e\u{301}',
      '👩‍💻',
      'か\u{3099}',
      '⚡',
      '\u{AD}',
      '\u{200B}',
      '\t',
      '\u{1B}',
      'ﾊﾟ',
      '각',
    ])
      expect([text, plainWidth(text)]).toEqual([text, null]);
  });
});

describe('graphemes', () => {
  const graphemes = new Graphemes();
  const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

  it.each([
    ['every plain sign beside others', plainSigns.join('') + plainSigns.toReversed().join('')],
    ['control characters', 'a\u{1B}[1;31mb\nc\td\u{0}\u{7}東\u{1B}[0m'],
    ['line ends of two characters', 'a\r\nb\rc'],
    ['joined ones', 'e\u{301}gal 👩‍💻 か\u{3099} ﾊﾟ 🇯🇵 각'],
    ['nothing', ''],
  ])('%s: as Intl.Segmenter', (_, text) => {
    expect([...graphemes.segment(text)]).toEqual([...real.segment(text)]);
    for (const place of [-1, 0, 1, 2, 5, text.length - 1, text.length])
      expect(graphemes.containing(text, place)).toEqual(real.segment(text).containing(place));
  });
});
