import type { Run } from '../../../domain/model.ts';
import { durationText } from '../../../shared/durationText.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import { runStateSpan } from '../stateText.ts';
import { newestFirst, type TableDefinition } from '../tableDefinition.ts';

export const runsTable: TableDefinition<Run> = {
  kind: 'runs',
  title: 'console.table.runs',
  empty: 'console.table.runs.empty',
  reads: ['runs'],
  columns: [
    { title: 'console.column.number', min: 4, weight: 0, dropOrder: 0, align: 'right' },
    { title: 'console.column.task', min: 18, weight: 3, dropOrder: 0 },
    { title: 'console.column.state', min: 16, weight: 1, dropOrder: 0 },
    { title: 'console.column.devices', min: 8, weight: 0, dropOrder: 2, align: 'right' },
    { title: 'console.column.started', min: 16, weight: 0, dropOrder: 1 },
    { title: 'console.column.package', min: 14, weight: 2, dropOrder: 3 },
  ],
  rows: (model) => [...model.runs.values()].sort(newestFirst),
  cells: (row, context) => [
    span(String(row.number), 'muted'),
    span(sanitiseLine(row.taskName)),
    runStateSpan(row, context),
    span(String(row.deviceCount)),
    span(dateText(row.startedAt), 'muted'),
    span(sanitiseLine(row.packageLabel), 'muted'),
  ],
  searchText: (row) => `${row.number} ${row.taskName} ${row.packageLabel}`,
  details: (row, context) => [
    { label: 'console.detail.task', value: span(sanitiseLine(row.taskName)) },
    { label: 'console.detail.package', value: span(sanitiseLine(row.packageLabel)) },
    { label: 'console.detail.state', value: runStateSpan(row, context) },
    {
      label: 'console.detail.started',
      value: span(`${dateText(row.startedAt)} ${sanitiseLine(row.startedBy)}`, 'muted'),
    },
    {
      label: 'console.detail.took',
      value: span(
        row.finishedAt === null ? '-' : durationText(Date.parse(row.finishedAt) - Date.parse(row.startedAt)),
        'muted',
      ),
    },
  ],
  open: 'tableOpen',
  menu: ['tableOpen', 'retryRun', 'cancelRun', 'raiseAttempts', 'removeEntries'],
};
