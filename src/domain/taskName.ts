import { foldedName } from './foldedName.ts';

/** B59: a task's name is at most this long (UTF-16 units, as the schema counts). */
export const maxTaskNameLength = 100;
const forbidden = /["*<>?\\:|]/;

/** The name that B59 gives a task. It is data of the model, in the language of who made the task. */
const patterns = {
  en: (packageName: string) => `Installation of ${packageName}`,
  ja: (packageName: string) => `${packageName} のインストール`,
} as const;

/** What is wrong with a name that somebody typed, as a code for `input.invalid`'s `expected`; null: nothing. */
export function taskNameProblem(name: string): string | null {
  if (name.trim() === '') return 'notEmpty';
  if (name.length > maxTaskNameLength) return 'atMost100Characters';
  if (/\p{Cc}/u.test(name)) return 'oneLine';
  return forbidden.test(name) ? 'noneOfReservedCharacters' : null;
}

/** B59's name for a package, shortened at a character's boundary where the package's name is too long. */
export function taskNameFor(packageName: string, language: keyof typeof patterns): string {
  const safe = packageName.replace(/["*<>?\\:|\p{Cc}]/gu, '_').trim();
  const room = maxTaskNameLength - patterns[language]('').length;
  return patterns[language](shortened(safe, room)).trim();
}

/** B59: the same name, or with the first free ` (2)`, ` (3)` … behind it. */
export function uniqueTaskName(name: string, taken: Iterable<string>): string {
  const used = new Set(Array.from(taken, foldedName));
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const candidate = shortened(name, maxTaskNameLength - suffix.length).trimEnd() + suffix;
    if (!used.has(foldedName(candidate))) return candidate;
  }
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
