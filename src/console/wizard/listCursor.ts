import type { ListField, ListRow } from './field.ts';
import type { WizardState } from './wizardState.ts';

/** Where a list that nobody has moved in begins: its first row that can be marked. */
function firstIndex({ rows, marks }: ListField): number {
  const markable = marks === 'none' ? -1 : rows.findIndex(({ mark }) => mark != null);
  return Math.max(markable, Math.min(0, rows.length - 1));
}

/** The row under the list's cursor, by index; its row may be gone. -1: the list is empty. */
export function cursorIndex(state: WizardState, list: ListField): number {
  const id = state.cursors[list.id];
  const index = id === undefined ? -1 : list.rows.findIndex((row) => row.id === id);
  return index >= 0 ? index : firstIndex(list);
}

export const cursorRow = (state: WizardState, list: ListField): ListRow | null =>
  list.rows[cursorIndex(state, list)] ?? null;

export const withCursor = (state: WizardState, list: ListField, index: number): WizardState => {
  const row = list.rows[Math.min(list.rows.length - 1, Math.max(0, index))];
  return row === undefined ? state : { ...state, cursors: { ...state.cursors, [list.id]: row.id } };
};

/** The row above that this one stands below. */
export function parentIndex(list: ListField, index: number): number {
  const depth = list.rows[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0; at--) if ((list.rows[at]?.depth ?? 0) < depth) return at;
  return -1;
}
