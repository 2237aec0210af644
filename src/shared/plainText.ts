/**
 * Signs of which none joins another and each has one width: ASCII, Latin, box drawing, arrows, kana and kanji without
 * combining marks. Nearly all that a console draws. For the rest ICU is asked, which costs half a start of Node.js to
 * wake.
 */
const narrow = String.raw`\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203b\u203d-\u2048\u2190-\u21ff\u2500-\u25fc\u2713\u2717\uff61-\uff9d`;
const wide = String.raw`\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff60`;
const plain = new RegExp(`^[${narrow}${wide}]*$`);
/** Control characters join nothing either, but for a carriage return before a line feed. */
const separable = new RegExp(`^[${narrow}${wide}\\0-\\x0c\\x0e-\\x1f]*$`);

/** Cells of a plain text; null for any other. */
export function plainWidth(text: string): number | null {
  if (!plain.test(text)) return null;
  let width = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x3000 && !(code >= 0xff61 && code <= 0xff9d)) width++;
  }
  return width;
}

let segmenter: Intl.Segmenter | null = null;
const icu = (): Intl.Segmenter => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter;
};

/** Graphemes as `Intl.Segmenter` gives them, with ICU only for text that needs it. */
export class Graphemes {
  segment(text: string): Iterable<Intl.SegmentData> {
    return separable.test(text) ? separated(text) : icu().segment(text);
  }
  /** The grapheme that holds the UTF-16 unit at `place`. */
  containing(text: string, place: number): Intl.SegmentData | undefined {
    if (!separable.test(text)) return icu().segment(text).containing(place);
    const segment = text[place];
    return segment === undefined ? undefined : { segment, index: place, input: text };
  }
}

function* separated(text: string): Generator<Intl.SegmentData> {
  for (let index = 0; index < text.length; index++) yield { segment: text[index]!, index, input: text };
}
