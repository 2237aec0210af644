import { plainWidth } from './plainText.ts';

/**
 * Makes what cannot be seen visible: bidirectional controls, zero-width and other ignorable characters, private
 * and unassigned code points become `<U+202E>`. Selectors and joiners stay where they form a glyph, so that
 * Japanese ideographic variants and Indic or Arabic spelling look right. Emoji come as their parts without colour,
 * joiner or key, flags as letters: terminals disagree on how wide these are, and the rest of the line would move.
 */
const makeSigns = () => {
  const suspicious =
    /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Mn}\p{Me}\p{Emoji_Modifier}\p{Regional_Indicator}\u00ad\u115f\u1160\u3164\uffa0]/v;
  return {
    suspicious,
    eachSuspicious: new RegExp(suspicious.source, 'gv'),
    ignorable: /\p{Default_Ignorable_Code_Point}/v,
    variationSelector: /[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]/v,
    emojiPart: /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}0-9#*\ufe0f\u200d]/v,
    emojiLook: /[\p{Emoji_Modifier}\ufe0e\ufe0f\u200d\u20e3]/v,
    joiningLetter:
      /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Syriac}\p{Script=Mongolian}]/v,
    regional: /\p{Regional_Indicator}/v,
    mark: /[\p{Mn}\p{Me}]/v,
    base: /[\p{L}\p{N}\p{P}\p{S}\p{Mc}]/v,
  };
};
let made: ReturnType<typeof makeSigns> | null = null;
/** Expressions that know all of Unicode are slow to make: not before a text needs them. */
const signs = () => {
  made ??= makeSigns();
  return made;
};
/** More marks on one letter than any spelling has climb over the neighbouring lines. */
const mostMarks = 4;

const escaped = (character: string): string =>
  `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;

/** The code point that ends before `end`, or an empty string. */
function before(text: string, end: number): string {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && end > 1 ? text.slice(end - 2, end) : text.slice(end - 1, end);
}

function marksBefore(text: string, end: number): number {
  let count = 0;
  for (let at = end; count <= mostMarks; count += 1) {
    const character = before(text, at);
    if (character === '' || !signs().mark.test(character)) return at === 0 ? mostMarks : count;
    at -= character.length;
  }
  return count;
}

function isGlyphPart(character: string, text: string, at: number): boolean {
  const previous = before(text, at);
  const { variationSelector, base, joiningLetter, mark, ignorable } = signs();
  if (variationSelector.test(character)) return base.test(previous);
  if (character === '\u200c' || character === '\u200d') return joiningLetter.test(previous);
  return mark.test(character) && !ignorable.test(character) ? marksBefore(text, at) < mostMarks : false;
}

/** What only gives an emoji its look. */
const isEmojiLook = (character: string, text: string, at: number): boolean =>
  signs().emojiLook.test(character) && signs().emojiPart.test(before(text, at));

/** A flag is two letters of a country, drawn as two cells, three or four: the letters themselves are two. */
const letterOf = (character: string): string =>
  String.fromCodePoint(0x41 + character.codePointAt(0)! - 0x1f1e6);

/** One line or more of well-formed text in, the same with nothing invisible in it out. */
export function visibleText(text: string): string {
  if (plainWidth(text) !== null || !signs().suspicious.test(text)) return text;
  const whole = text.toWellFormed();
  return whole.replace(signs().eachSuspicious, (character: string, at: number) => {
    if (signs().regional.test(character)) return letterOf(character);
    if (isEmojiLook(character, whole, at)) return '';
    return isGlyphPart(character, whole, at) ? character : escaped(character);
  });
}
