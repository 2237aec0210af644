import type { Model } from '../../../domain/model.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { searchForm } from '../../../shared/searchForm.ts';
import { memoise } from '../../state/memoise.ts';
import type { TextValue } from '../../state/textValue.ts';
import type { ColumnDefinition } from '../tableDefinition.ts';
import { filterTerms } from './filterTerms.ts';

/** What could stand where the cursor is. */
export interface Completion {
  /** Takes the place of `start` to `end`. */
  readonly text: string;
  /** As it is shown. */
  readonly label: string;
}

export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
}

export interface Completed {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly { readonly id: string }[];
  readonly model: Model;
  readonly t: Translate;
}

const mostShown = 12;

/** The different texts of a column, the most frequent first. */
const valuesOf = memoise(
  (rows: Completed['rows'], column: ColumnDefinition, model: Model): readonly string[] => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const value = column.text!(row as never, model);
      if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
  },
);

const quoted = (value: string): string => (/[\s"*?]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

function fieldNames({ columns, t }: Completed, begun: string, sign: string): Completion[] {
  return columns
    .filter(({ id, text }) => text !== undefined && id?.toLowerCase().startsWith(begun) === true)
    .map(({ id, title }) => ({ text: `${sign}${id}:`, label: `${id}: ${t(title)}` }));
}

function fieldValues(table: Completed, field: string, begun: string, sign: string): Completion[] {
  const column = table.columns.find(({ id, text }) => text !== undefined && id?.toLowerCase() === field);
  if (column === undefined) return [];
  const before = `${sign}${column.id}:`;
  if (column.words !== undefined)
    return Object.entries(column.words)
      .map(([name, key]) => ({ name, shown: table.t(key) }))
      .filter(({ name, shown }) => searchForm(name).startsWith(begun) || searchForm(shown).startsWith(begun))
      .map(({ name, shown }) => ({
        text: `${before}${name} `,
        label: name === shown ? name : `${name} ${shown}`,
      }));
  return valuesOf(table.rows, column, table.model)
    .filter((value) => searchForm(value).startsWith(begun))
    .slice(0, mostShown)
    .map((value) => ({ text: `${before}${quoted(value)} `, label: sanitiseLine(value) }));
}

/** Field names for the beginning of a word, values behind a field's colon; nothing for the middle of a text. */
export function completeFilter({ text, cursor }: TextValue, table: Completed): Completions {
  const term = filterTerms(text).find(({ start, end }) => start < cursor && cursor <= end);
  if (term === undefined)
    return { start: cursor, end: cursor, items: text.trim() === '' ? fieldNames(table, '', '') : [] };
  const sign = term.isNegated ? '!' : '';
  const begun = searchForm(term.value);
  const items =
    cursor < term.end || (term.field === null && term.isQuoted)
      ? []
      : term.field === null
        ? fieldNames(table, begun, sign)
        : fieldValues(table, term.field, begun, sign);
  // What stands there already needs no completion.
  const open = items.filter((item) => item.text.trim() !== text.slice(term.start, term.end));
  return { start: term.start, end: term.end, items: open.slice(0, mostShown) };
}

/** What all of them begin with, or the only one. */
export function completedText(items: readonly Completion[]): string {
  const [first, ...others] = items.map(({ text }) => text);
  if (first === undefined) return '';
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
