import type { Translate } from '../../../i18n/translate.ts';
import { searchForm } from '../../../shared/searchForm.ts';
import { type Words, words } from '../../state/words.ts';
import type { ColumnDefinition } from '../tableDefinition.ts';
import { type FilterTerm, filterTerms } from './filterTerms.ts';

/** Where a filter looks a row's texts up; they are made once, not for each key that is typed. */
export interface RowTexts {
  /** In `searchForm`; `null`: what bare words look in. */
  of(place: number, column: ColumnDefinition | null): string;
  /** As the column has it: one of its words. */
  word(place: number, column: ColumnDefinition): string;
}

export interface CompiledFilter {
  /** Null: everything fits. */
  readonly test: ((place: number, texts: RowTexts) => boolean) | null;
  /** Null: the filter is understood. Otherwise nothing fits, so that nothing is marked by mistake. */
  readonly problem: Words | null;
}

type Test = (place: number, texts: RowTexts) => boolean;

const escaped = (text: string): string => text.replace(/[\\^$.|+()[\]{}]/g, '\\$&');

/** With `*` or `?` the whole value must fit the pattern, otherwise the text stands anywhere in it. */
function textTest(value: string, isQuoted: boolean): (text: string) => boolean {
  const wanted = searchForm(value);
  if (isQuoted || !/[*?]/.test(wanted)) return (text) => text.includes(wanted);
  const pattern = new RegExp(`^${escaped(wanted).replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
  return (text) => pattern.test(text);
}

/** The words of a column that are meant by what was typed: their own names, or as the language shows them. */
function meantWords(column: ColumnDefinition, fits: (text: string) => boolean, t: Translate): Set<string> {
  const known = Object.entries(column.words ?? {});
  return new Set(
    known.flatMap(([name, key]) => (fits(searchForm(name)) || fits(searchForm(t(key))) ? [name] : [])),
  );
}

function termTest(term: FilterTerm, columns: readonly ColumnDefinition[], t: Translate): Test | null {
  if (term.field === null) {
    const isPattern = !term.isQuoted && /[*?]/.test(term.value);
    // A bare word with a pattern may fit anywhere in the row.
    const fits = textTest(isPattern ? `*${term.value}*` : term.value, term.isQuoted);
    return (place, texts) => fits(texts.of(place, null));
  }
  const column = columns.find(({ id, text }) => id?.toLowerCase() === term.field && text !== undefined);
  if (column === undefined) return null;
  if (term.value === '') return () => true;
  const fits = textTest(term.value, term.isQuoted);
  if (column.words === undefined) return (place, texts) => fits(texts.of(place, column));
  const meant = meantWords(column, fits, t);
  return (place, texts) => meant.has(texts.word(place, column));
}

/** The names of a table's fields, as they are completed. */
export const fieldsOf = (columns: readonly ColumnDefinition[]): readonly string[] =>
  columns.flatMap(({ id, text }) => (id === undefined || text === undefined ? [] : [id]));

/** All words must fit: `web state:failed !os:debian`. */
export function compileFilter(
  text: string,
  columns: readonly ColumnDefinition[],
  t: Translate,
): CompiledFilter {
  const tests: Test[] = [];
  for (const term of filterTerms(text)) {
    const test = termTest(term, columns, t);
    if (test === null)
      return {
        test: () => false,
        problem: words('console.filter.unknownField', {
          field: term.field!,
          fields: fieldsOf(columns).join(' '),
        }),
      };
    tests.push(term.isNegated ? (place, texts) => !test(place, texts) : test);
  }
  if (tests.length === 0) return { test: null, problem: null };
  if (tests.length === 1) return { test: tests[0]!, problem: null };
  return { test: (place, texts) => tests.every((test) => test(place, texts)), problem: null };
}
