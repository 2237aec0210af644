import type { Model } from '../../../domain/model.ts';
import { searchForm } from '../../../shared/searchForm.ts';
import type { ColumnDefinition } from '../tableDefinition.ts';
import type { RowTexts } from './compileFilter.ts';

/** By a row's own place: nothing is looked up while a filter walks ten thousand rows. */
export class IndexedTexts<Row extends object> implements RowTexts {
  readonly #rows: readonly Row[];
  readonly #model: Model;
  readonly #searchText: (row: Row) => string;
  readonly #texts = new Map<ColumnDefinition | null, readonly string[]>();
  readonly #words = new Map<ColumnDefinition, readonly string[]>();

  constructor(rows: readonly Row[], model: Model, searchText: (row: Row) => string) {
    this.#rows = rows;
    this.#model = model;
    this.#searchText = searchText;
  }

  of(place: number, column: ColumnDefinition | null): string {
    return (this.#texts.get(column) ?? this.#make(column))[place]!;
  }

  word(place: number, column: ColumnDefinition): string {
    let words = this.#words.get(column);
    if (words === undefined) {
      words = this.#rows.map((row) => column.text!(row as never, this.#model));
      this.#words.set(column, words);
    }
    return words[place]!;
  }

  #make(column: ColumnDefinition | null): readonly string[] {
    const made = this.#rows.map((row) =>
      column === null ? this.#searchText(row) : remembered(column.text!(row as never, this.#model)),
    );
    this.#texts.set(column, made);
    return made;
  }
}

const forms = new Map<string, string>();
const mostRemembered = 5000;

/** Groups, systems and accounts are the same few texts again and again. */
function remembered(text: string): string {
  let form = forms.get(text);
  if (form === undefined) {
    form = searchForm(text);
    if (forms.size >= mostRemembered) forms.clear();
    forms.set(text, form);
  }
  return form;
}

/** Which of the rows fit. */
export function fitting<Row>(
  rows: readonly Row[],
  test: (place: number, texts: RowTexts) => boolean,
  texts: RowTexts,
): readonly Row[] {
  const found: Row[] = [];
  for (let place = 0; place < rows.length; place++) if (test(place, texts)) found.push(rows[place]!);
  return found;
}
