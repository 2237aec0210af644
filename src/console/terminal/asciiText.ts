import { cellWidth } from '../../shared/cellWidth.ts';
import { Graphemes } from '../../shared/plainText.ts';

const similar: Readonly<Record<string, string>> = {
  '…': '.',
  '—': '-',
  '–': '-',
  '×': 'x',
  '·': '-',
  '→': '>',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};
const printableAscii = /^[\x20-\x7e]*$/;
const graphemes = new Graphemes();

/** A text in ASCII with the same width in cells: what has no likeness becomes `?`, twice for a wide character. */
export function asciiText(text: string): string {
  if (printableAscii.test(text)) return text;
  let shown = '';
  for (const { segment } of graphemes.segment(text))
    shown += printableAscii.test(segment) ? segment : (similar[segment] ?? '?'.repeat(cellWidth(segment)));
  return shown;
}
