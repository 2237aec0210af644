import { attemptStates } from '../../../domain/attempt.ts';
import type { Model, Run } from '../../../domain/model.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { durationText } from '../../../shared/durationText.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import type { Glyphs } from '../../terminal/glyphs.ts';
import { span } from '../../terminal/roles.ts';
import { runBar } from '../runBar.ts';
import { runStateSpan, runWord, runWords } from '../stateText.ts';
import type { TableDefinition } from '../tableDefinition.ts';

const tookMs = ({ startedAt, finishedAt }: Run): number | null =>
  finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt);
const tookText = (row: Run): string => {
  const ms = tookMs(row);
  return ms === null ? '' : durationText(ms);
};

const barCells = 16;
/** In one colour: its parts differ by their signs. */
const barText = (run: Run, glyphs: Glyphs): string =>
  runBar(run.counts, glyphs, barCells)
    .map(({ text }) => text)
    .join('');

const countsText = (run: Run, t: Translate): string =>
  attemptStates
    .flatMap((state) => {
      const count = run.counts[state] ?? 0;
      return count === 0 ? [] : [`${t(`states.${state}`)} ${count}`];
    })
    .join(', ');

/** The run whose devices were taken again. */
function retriedText(run: Run, model: Model, t: Translate): string {
  const from = run.retryOf === null ? undefined : model.runs.get(run.retryOf);
  return from === undefined ? '' : t('console.run.title', { number: from.number });
}

export const runsTable: TableDefinition<Run> = {
  kind: 'runs',
  title: 'console.table.runs',
  empty: 'console.table.runs.empty',
  reads: ['runs'],
  columns: [
    {
      id: 'number',
      title: 'console.column.number',
      min: 5,
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
    { title: 'run.column.bar', min: barCells, weight: 0, dropOrder: 3 },
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
      dropOrder: 6,
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
  rows: (model, node) =>
    node.runId === undefined
      ? [...model.runs.values()]
      : [...model.runs.values()].filter(({ id }) => id === node.runId),
  cells: (row, context) => [
    span(String(row.number), 'muted'),
    span(sanitiseLine(row.taskName)),
    runStateSpan(row, context),
    span(barText(row, context.glyphs)),
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
    { label: 'run.detail.devices', value: span(countsText(row, context.t)) },
    ...(row.retryOf === null
      ? []
      : [
          {
            label: 'run.detail.retryOf' as const,
            value: span(retriedText(row, context.model, context.t) || '-', 'muted'),
          },
        ]),
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
  menu: ['tableOpen', 'retryRun', 'cancelRun', 'raiseAttempts', 'openReport', 'compareRun', 'removeEntries'],
};
