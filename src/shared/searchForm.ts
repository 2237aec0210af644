/**
 * The form in which typed text is looked for: without regard to case, width (`ｗｅｂ`, `ﾄｳｷｮｳ`) or which kana was
 * typed (`とうきょう` finds `トウキョウ`).
 */
export const searchForm = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** True where every word of what was typed stands in one of the texts. */
export function isFound(typed: string, ...texts: readonly string[]): boolean {
  const words = searchForm(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const where = texts.map(searchForm);
  return words.every((word) => where.some((text) => text.includes(word)));
}
