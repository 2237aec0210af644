import type { Model } from '../../../domain/model.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { searchForm } from '../../../shared/searchForm.ts';
import { type Words, words } from '../../state/words.ts';
import type { ColumnDefinition } from '../tableDefinition.ts';
import { type FilterTerm, filterTerms } from './filterTerms.ts';

/** What a filter can look in. */
export interface Filterable<Row> {
  readonly columns: readonly ColumnDefinition<Row>[];
  /** In `searchForm`. */
  searchText(row: Row): string;
}

export interface CompiledFilter<Row> {
  /** Null: everything fits. */
  readonly test: ((row: Row, model: Model) => boolean) | null;
  /** Null: the filter is understood. Otherwise nothing fits, so that nothing is marked by mistake. */
  readonly problem: Words | null;
}

type Test<Row> = (row: Row, model: Model) => boolean;

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

function termTest<Row>(term: FilterTerm, table: Filterable<Row>, t: Translate): Test<Row> | null {
  if (term.field === null) {
    const isPattern = !term.isQuoted && /[*?]/.test(term.value);
    // A bare word with a pattern may fit anywhere in the row.
    const fits = textTest(isPattern ? `*${term.value}*` : term.value, term.isQuoted);
    return (row) => fits(table.searchText(row));
  }
  const column = table.columns.find(({ id, text }) => id?.toLowerCase() === term.field && text !== undefined);
  if (column === undefined) return null;
  if (term.value === '') return () => true;
  const fits = textTest(term.value, term.isQuoted);
  if (column.words === undefined) return (row, model) => fits(searchForm(column.text!(row as never, model)));
  const meant = meantWords(column as ColumnDefinition, fits, t);
  return (row, model) => meant.has(column.text!(row as never, model));
}

/** The names of a table's fields, as they are completed. */
export const fieldsOf = (columns: readonly ColumnDefinition[]): readonly string[] =>
  columns.flatMap(({ id, text }) => (id === undefined || text === undefined ? [] : [id]));

/** All words must fit: `web state:failed !os:debian`. */
export function compileFilter<Row>(text: string, table: Filterable<Row>, t: Translate): CompiledFilter<Row> {
  const tests: Test<Row>[] = [];
  for (const term of filterTerms(text)) {
    const test = termTest(term, table, t);
    if (test === null)
      return {
        test: () => false,
        problem: words('console.filter.unknownField', {
          field: term.field!,
          fields: fieldsOf(table.columns as readonly ColumnDefinition[]).join(' '),
        }),
      };
    tests.push(term.isNegated ? (row, model) => !test(row, model) : test);
  }
  if (tests.length === 0) return { test: null, problem: null };
  return { test: (row, model) => tests.every((test) => test(row, model)), problem: null };
}
