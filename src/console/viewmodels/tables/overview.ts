import type { Model } from '../../../domain/model.ts';
import type { MessageKey } from '../../../i18n/messages.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import { runStateSpan } from '../stateText.ts';
import { newestFirst, type TableDefinition } from '../tableDefinition.ts';

interface OverviewRow {
  readonly id: string;
  readonly label: MessageKey;
  readonly value: (model: Model) => string;
}

const waitingKeys = (model: Model): number =>
  [...model.hostKeys.values()].filter(({ state }) => state !== 'trusted').length;

const rows: readonly OverviewRow[] = [
  { id: 'packages', label: 'console.table.packages', value: (model) => String(model.packages.size) },
  {
    id: 'managed',
    label: 'console.node.managed',
    value: (model) => String([...model.devices.values()].filter(({ groupId }) => groupId !== null).length),
  },
  {
    id: 'unassigned',
    label: 'console.node.unassigned',
    value: (model) => String([...model.devices.values()].filter(({ groupId }) => groupId === null).length),
  },
  { id: 'tasks', label: 'console.node.tasks', value: (model) => String(model.tasks.size) },
  {
    id: 'runs',
    label: 'console.overview.running',
    value: (model) => String([...model.runs.values()].filter(({ state }) => state === 'running').length),
  },
  { id: 'licenses', label: 'console.node.licenses', value: (model) => String(model.licenses.size) },
  { id: 'accounts', label: 'console.node.accounts', value: (model) => String(model.accounts.size) },
  {
    id: 'hostKeys',
    label: 'console.overview.keysToReview',
    value: (model) => String(waitingKeys(model)),
  },
];

/** The server's own workspace: how much there is of everything; Enter goes there. */
export const overviewTable: TableDefinition<OverviewRow> = {
  kind: 'overview',
  title: 'console.table.overview',
  empty: 'console.table.overview',
  reads: ['packages', 'devices', 'tasks', 'runs', 'licenses', 'accounts', 'hostKeys'],
  columns: [
    { title: 'console.column.what', min: 24, weight: 2, dropOrder: 0 },
    { title: 'console.column.count', min: 8, weight: 0, dropOrder: 0, align: 'right' },
  ],
  rows: () => rows,
  cells: (row, { t, model }) => [span(t(row.label)), span(row.value(model))],
  searchText: (row) => row.id,
  details: (_row, context) => {
    const newest = [...context.model.runs.values()].sort(newestFirst).slice(0, 3);
    return newest.map((run) => {
      const state = runStateSpan(run, context);
      return {
        label: 'console.detail.recentRun',
        value: span(`${run.number} ${sanitiseLine(run.taskName)} ${state.text}`, state.role),
      };
    });
  },
  open: 'tableOpen',
  menu: ['tableOpen'],
};
