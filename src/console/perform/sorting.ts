import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import { selectTable, type TableView } from '../viewmodels/selectTable.ts';
import type { ColumnDefinition } from '../viewmodels/tableDefinition.ts';
import { notify } from './ask.ts';

type Sortable = ColumnDefinition & { readonly id: string };
const sortable = ({ definition }: TableView): readonly Sortable[] =>
  definition.columns.filter((column): column is Sortable => column.id !== undefined);

/** Another column begins ascending; the same one turns round. */
export function sortBy(context: ConsoleContext, column: string) {
  const { definition, sort } = selectTable(context.getState());
  const isDescending = sort?.column === column && !sort.isDescending;
  context.dispatch({ type: 'ui/sort', kind: definition.kind, sort: { column, isDescending } });
}

/** As in k9s every column can be sorted by; here from a list, because the capitals are taken by actions. */
export function openSortMenu(context: ConsoleContext) {
  const view = selectTable(context.getState());
  const columns = sortable(view);
  if (columns.length === 0) return notify(context, words('console.why.noSort'), 'status.warning');
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'choice',
      title: words('console.choice.sort'),
      items: columns.map(({ id, title }) => ({ id, label: words(title) })),
      cursor: Math.max(
        0,
        columns.findIndex(({ id }) => id === view.sort?.column),
      ),
      onChosen: (id) => sortBy(context, id),
    },
  });
}

export function turnSort(context: ConsoleContext) {
  const { sort } = selectTable(context.getState());
  if (sort === null) return openSortMenu(context);
  sortBy(context, sort.column);
}

/** The column before or after the sorted one, as `<` and `>` do in top. */
export function stepSort(context: ConsoleContext, step: 1 | -1) {
  const view = selectTable(context.getState());
  const columns = sortable(view);
  if (columns.length === 0) return notify(context, words('console.why.noSort'), 'status.warning');
  const at = columns.findIndex(({ id }) => id === view.sort?.column);
  const next = columns[at < 0 ? 0 : (at + step + columns.length) % columns.length]!;
  context.dispatch({
    type: 'ui/sort',
    kind: view.definition.kind,
    sort: { column: next.id, isDescending: false },
  });
}
