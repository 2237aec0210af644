import type { Run } from '../../../domain/model.ts';
import { durationText } from '../../../shared/durationText.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import { runStateSpan, runWord, runWords } from '../stateText.ts';
import type { TableDefinition } from '../tableDefinition.ts';

const tookMs = ({ startedAt, finishedAt }: Run): number | null =>
  finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt);
const tookText = (row: Run): string => {
  const ms = tookMs(row);
  return ms === null ? '' : durationText(ms);
};

export const runsTable: TableDefinition<Run> = {
  kind: 'runs',
  title: 'console.table.runs',
  empty: 'console.table.runs.empty',
  reads: ['runs'],
  columns: [
    {
      id: 'number',
      title: 'console.column.number',
      min: 4,
      weight: 0,
      dropOrder: 0,
      align: 'right',
      text: ({ number }) => String(number),
      order: ({ number }) => number,
    },
    {
      id: 'task',
      title: 'console.column.task',
      min: 18,
      weight: 3,
      dropOrder: 0,
      text: ({ taskName }) => taskName,
    },
    {
      id: 'state',
      title: 'console.column.state',
      min: 16,
      weight: 1,
      dropOrder: 0,
      text: runWord,
      words: runWords,
    },
    {
      id: 'devices',
      title: 'console.column.devices',
      min: 8,
      weight: 0,
      dropOrder: 2,
      align: 'right',
      text: ({ deviceCount }) => String(deviceCount),
      order: ({ deviceCount }) => deviceCount,
    },
    {
      id: 'started',
      title: 'console.column.started',
      min: 16,
      weight: 0,
      dropOrder: 1,
      text: ({ startedAt }) => dateText(startedAt),
    },
    {
      id: 'package',
      title: 'console.column.package',
      min: 14,
      weight: 2,
      dropOrder: 3,
      text: ({ packageLabel }) => packageLabel,
    },
    {
      id: 'took',
      title: 'console.column.took',
      min: 8,
      weight: 0,
      dropOrder: 4,
      align: 'right',
      text: tookText,
      order: (row) => tookMs(row) ?? '',
    },
    {
      id: 'by',
      title: 'console.column.startedBy',
      min: 10,
      weight: 0,
      dropOrder: 5,
      text: ({ startedBy }) => startedBy,
    },
  ],
  sort: { column: 'number', isDescending: true },
  rows: (model) => [...model.runs.values()],
  cells: (row, context) => [
    span(String(row.number), 'muted'),
    span(sanitiseLine(row.taskName)),
    runStateSpan(row, context),
    span(String(row.deviceCount)),
    span(dateText(row.startedAt), 'muted'),
    span(sanitiseLine(row.packageLabel), 'muted'),
    span(tookText(row), 'muted'),
    span(sanitiseLine(row.startedBy), 'muted'),
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
      value: span(tookText(row) || '-', 'muted'),
    },
  ],
  open: 'tableOpen',
  menu: ['tableOpen', 'retryRun', 'cancelRun', 'raiseAttempts', 'removeEntries'],
};
