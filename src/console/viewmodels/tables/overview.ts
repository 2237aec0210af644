import { sanitiseLine } from '../../../shared/sanitise.ts';
import { say } from '../../state/words.ts';
import { span } from '../../terminal/roles.ts';
import { countText } from '../figures.ts';
import { type OverviewRow, overviewRows } from '../overviewRows.ts';
import { runStateSpan } from '../stateText.ts';
import { type CellContext, newestFirst, type TableDefinition } from '../tableDefinition.ts';

function noteSpan({ note, run }: OverviewRow, context: CellContext) {
  if (run !== undefined) return runStateSpan(run, context);
  if (note === null) return span('');
  const sign = note.isUrgent ? context.glyphs.failed : context.glyphs.warning;
  return span(`${sign} ${say(context.t, note.content)}`, note.isUrgent ? 'status.error' : 'status.warning');
}

/** The server's own workspace: what needs somebody now, and how much there is of everything. Enter leads there. */
export const overviewTable: TableDefinition<OverviewRow> = {
  kind: 'overview',
  title: 'console.table.overview',
  empty: 'console.table.overview',
  reads: ['packages', 'devices', 'tasks', 'runs', 'licenses', 'accounts', 'hostKeys'],
  columns: [
    { title: 'console.column.what', min: 22, weight: 1, dropOrder: 0 },
    { title: 'console.column.count', min: 6, weight: 0, dropOrder: 0, align: 'right' },
    { title: 'console.column.todo', min: 14, weight: 2, dropOrder: 0 },
  ],
  rows: overviewRows,
  cells: (row, context) => [
    span(say(context.t, row.label), row.note === null && row.run === undefined ? 'text' : 'accent'),
    span(row.count === null ? '' : countText(row.count)),
    noteSpan(row, context),
  ],
  searchText: ({ id, run }) => `${id} ${run?.taskName ?? ''}`,
  details: (row, context) => {
    const { t, model } = context;
    const newest = [...model.runs.values()].sort(newestFirst).slice(0, 3);
    return [
      ...(row.note === null
        ? []
        : [{ label: 'console.column.todo' as const, value: noteSpan(row, context) }]),
      ...newest.map((run) => {
        const state = runStateSpan(run, context);
        const label = say(t, {
          key: 'console.overview.run',
          params: { number: run.number, task: run.taskName },
        });
        return {
          label: 'console.detail.recentRun' as const,
          value: span(`${sanitiseLine(label)} ${state.text}`, state.role),
        };
      }),
    ];
  },
  open: 'tableOpen',
  menu: ['tableOpen'],
};
