const wordStart = /[\s\-_./:@]/;

/** How well one word fits a text, both in lower case; null: not at all. Higher is better. */
function wordScore(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at >= 0) {
    const isStart = at === 0 || wordStart.test(text[at - 1]!);
    return 700 + (at === 0 ? 200 : isStart ? 150 : 0) - Math.min(at, 50);
  }
  return scattered(text, word);
}

/** Letters that stand further apart than this make no word that anybody has meant. */
const leastScattered = 300;

/** The letters in their order, with others between them: `wbtk` finds `web.tokyo`. Gaps cost, starts of words gain. */
function scattered(text: string, word: string): number | null {
  let score = 400;
  let from = 0;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at < 0) return null;
    if (at > from) score -= Math.min(at - from, 20) * 4;
    if (at === 0 || wordStart.test(text[at - 1]!)) score += 15;
    from = at + letter.length;
  }
  return score < leastScattered ? null : score;
}

/** Every word must be found; a short text is the better fit of two. */
export function fuzzyScore(text: string, words: readonly string[]): number | null {
  let sum = 0;
  for (const word of words) {
    const score = wordScore(text, word);
    if (score === null) return null;
    sum += score;
  }
  return Math.max(1, Math.round(sum / Math.max(1, words.length)) - Math.min(text.length, 80));
}

const highest = 1100;

/**
 * The best `most` items in order; of equals the earlier. Scores are counted first, so that of ten thousand hits only
 * those that are shown are sorted.
 */
export function bestOf<T>(items: readonly T[], scoreOf: (item: T) => number | null, most: number): T[] {
  const hits: { readonly item: T; readonly score: number; readonly place: number }[] = [];
  const counts = new Uint32Array(highest + 1);
  for (let place = 0; place < items.length; place++) {
    const item = items[place]!;
    const score = scoreOf(item);
    if (score === null) continue;
    const kept = Math.max(0, Math.min(highest, score));
    counts[kept]!++;
    hits.push({ item, score: kept, place });
  }
  let least = highest;
  for (let sum = counts[least]!; least > 0 && sum < most; sum += counts[least]!) least--;
  return hits
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, most)
    .map(({ item }) => item);
}
