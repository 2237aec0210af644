import type { ConsoleState } from '../../state/consoleState.ts';
import type { Overlay } from '../../state/overlay.ts';
import { runFields } from '../runFilter.ts';
import { selectTable } from '../selectTable.ts';
import type { ColumnDefinition } from '../tableDefinition.ts';
import { translate } from '../translate.ts';
import { type Completions, completeFilter } from './completeFilter.ts';

export type FilterOverlay = Extract<Overlay, { kind: 'filter' }>;

const none: Completions = { start: 0, end: 0, items: [] };

/** What can be completed in the filter that is being typed. */
export function completionsOf(state: ConsoleState, overlay: FilterOverlay): Completions {
  const t = translate(state.ui.language);
  const { collections: model } = state.model;
  if (state.ui.screen === 'run')
    return completeFilter(overlay.value, {
      columns: runFields as readonly ColumnDefinition[],
      rows: state.run?.devices.list ?? [],
      model,
      t,
    });
  const view = selectTable(state);
  if (view.key !== overlay.tableKey) return none;
  return completeFilter(overlay.value, {
    columns: view.definition.columns,
    rows: view.all,
    model,
    t,
  });
}
