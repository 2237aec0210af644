import { cellWidth, cutCells } from '../../shared/cellWidth.ts';

/** Characters that must not begin a line (Japanese typography, kinsoku). */
const neverFirst = /^[、。，．・：；？！」』）】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%)\]},.:;?!]/u;

/** Brackets that open: they go to the next line with what they hold. */
const neverLast = /[「『（【〔〈《]$/u;

/**
 * Breaks a text into lines of at most `width` cells: at blanks, and between Japanese characters, which have none.
 * A single word that is too long is cut.
 */
export function wrapCells(text: string, width: number): string[] {
  if (width <= 0) return [];
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(paragraph)) {
    if (cellWidth(line) + cellWidth(piece.trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    let rest = piece.trimStart();
    while (cellWidth(rest.trimEnd()) > width) {
      const cut = cutCells(rest, width);
      if (cut === '') return lines;
      lines.push(cut);
      rest = rest.slice(cut.length);
    }
    line = rest;
  }
  lines.push(line.trimEnd());
  return lines;
}

const wordOrWide = /[^\s\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+\s*|[\s\S]\s*/gu;

function pieces(paragraph: string): string[] {
  const found: string[] = [];
  for (const [piece] of paragraph.matchAll(wordOrWide)) {
    const last = found.at(-1);
    if (last !== undefined && (neverLast.test(last) || (neverFirst.test(piece) && !/\s$/.test(last))))
      found[found.length - 1] += piece;
    else found.push(piece);
  }
  return found;
}
