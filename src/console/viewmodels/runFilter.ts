import { type AttemptState, attemptStates } from '../../domain/attempt.ts';
import { endpointText } from '../../domain/endpointText.ts';
import type { Model } from '../../domain/model.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import { searchForm } from '../../shared/searchForm.ts';
import { memoise } from '../state/memoise.ts';
import type { RunRow } from '../state/runRows.ts';
import { groupPath } from '../state/tree.ts';
import { compileFilter, type RowTexts } from './filter/compileFilter.ts';
import type { ColumnDefinition } from './tableDefinition.ts';

const stateWords = Object.fromEntries(attemptStates.map((state) => [state, `states.${state}`])) as Record<
  AttemptState,
  MessageKey
>;

const shape = { min: 0, weight: 0, dropOrder: 0 };

/** What the filter of a run can look in; its group and its system are those of the device as it is now. */
export const runFields: readonly ColumnDefinition<RunRow>[] = [
  { ...shape, id: 'name', title: 'console.column.device', text: ({ device }) => device.name },
  { ...shape, id: 'address', title: 'console.column.address', text: ({ device }) => device.address },
  {
    ...shape,
    id: 'state',
    title: 'console.column.state',
    text: ({ device }) => device.state,
    words: stateWords,
  },
  {
    ...shape,
    id: 'reason',
    title: 'console.column.reason',
    text: ({ device }) => device.failure?.code ?? '',
  },
  {
    ...shape,
    id: 'group',
    title: 'console.column.group',
    text: ({ id }, { devices, groups }) => groupPath(groups, devices.get(id)?.groupId ?? null),
  },
  {
    ...shape,
    id: 'os',
    title: 'console.column.platform',
    text: ({ id }, { devices }) => devices.get(id)?.facts?.osName ?? devices.get(id)?.platform ?? '',
  },
];

const searchTexts = new WeakMap<RunRow, string>();
function searchTextOf(row: RunRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const { name, address, state, failure } = row.device;
  const text = searchForm(`${name} ${endpointText({ address, port: null })} ${state} ${failure?.code ?? ''}`);
  searchTexts.set(row, text);
  return text;
}

/** Understood once, not in every frame. */
export const runFilter = memoise((text: string, t: Translate) =>
  compileFilter(text, runFields as readonly ColumnDefinition[], t),
);

/** Rows change with every frame: their texts are remembered by row, and only those that are asked for. */
export const runTexts = (rows: readonly RunRow[], model: Model): RowTexts => ({
  of: (place, column) =>
    column === null ? searchTextOf(rows[place]!) : searchForm(column.text!(rows[place] as never, model)),
  word: (place, column) => column.text!(rows[place] as never, model),
});
