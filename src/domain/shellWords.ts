import { ok } from '../shared/result.ts';
import { failed, type Outcome } from './failure.ts';

/**
 * Splits a package's parameters as a shell splits words: blanks, '…', "…" and \. Nothing is expanded, so `$HOME`
 * and `*` are themselves. A quote that is not closed is `input.invalid`.
 */
export function parseWords(text: string): Outcome<string[]> {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y;
  let word: string | null = null;
  while (token.lastIndex < text.length) {
    const [whole, single, double, escaped, plain] = token.exec(text) ?? [];
    if (whole === undefined) return failed('input.invalid', { field: 'parameters', expected: 'quotes' });
    const part = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? '') + part;
    else if (word !== null) {
      words.push(word);
      word = null;
    }
  }
  return ok(word === null ? words : [...words, word]);
}
