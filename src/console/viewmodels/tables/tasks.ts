import type { Model, RemoteInstallationTask, Run } from '../../../domain/model.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { memoise } from '../../state/memoise.ts';
import { groupPath } from '../../state/tree.ts';
import { type Span, span } from '../../terminal/roles.ts';
import { runStateSpan, runWord, runWords } from '../stateText.ts';
import type { CellContext, TableDefinition } from '../tableDefinition.ts';

/** The newest run of each task. */
export const newestRuns = memoise((runs: Model['runs']): ReadonlyMap<string, Run> => {
  const newest = new Map<string, Run>();
  for (const run of runs.values())
    if ((newest.get(run.taskId)?.number ?? -1) < run.number) newest.set(run.taskId, run);
  return newest;
});

const packageText = (task: RemoteInstallationTask, model: Model): string => {
  const found = model.packages.get(task.packageId);
  return found === undefined ? '' : `${found.name} ${found.version}`.trim();
};
const packageLabel = (task: RemoteInstallationTask, model: Model): string =>
  sanitiseLine(packageText(task, model)) || '-';

function targetsText(task: RemoteInstallationTask, { t, model }: CellContext): string {
  return task.targets.kind === 'group'
    ? sanitiseLine(groupPath(model.groups, task.targets.groupId)) || '-'
    : t('console.task.devices', { count: task.targets.deviceIds.length });
}

function lastRunSpan(task: RemoteInstallationTask, context: CellContext): Span {
  const run = newestRuns(context.model.runs).get(task.id);
  return run === undefined ? span(context.t('console.task.neverRun'), 'muted') : runStateSpan(run, context);
}

const shape = {
  reads: ['tasks', 'runs', 'packages', 'groups'],
  columns: [
    {
      id: 'number',
      title: 'console.column.number',
      min: 5,
      weight: 0,
      dropOrder: 4,
      align: 'right',
      text: ({ number }) => String(number),
      order: ({ number }) => number,
    },
    { id: 'name', title: 'console.column.name', min: 20, weight: 4, dropOrder: 0, text: ({ name }) => name },
    {
      id: 'package',
      title: 'console.column.package',
      min: 12,
      weight: 1,
      dropOrder: 3,
      text: packageText,
      reads: ['packages'],
    },
    {
      id: 'targets',
      title: 'console.column.targets',
      min: 11,
      weight: 0,
      dropOrder: 1,
      text: (row, model) =>
        row.targets.kind === 'group' ? groupPath(model.groups, row.targets.groupId) : '',
      order: (row, model) =>
        row.targets.kind === 'group'
          ? groupPath(model.groups, row.targets.groupId)
          : String(row.targets.deviceIds.length),
      reads: ['groups'],
    },
    {
      id: 'state',
      title: 'console.column.lastRun',
      min: 18,
      weight: 0,
      dropOrder: 0,
      text: (row, model) => {
        const run = newestRuns(model.runs).get(row.id);
        return run === undefined ? 'never' : runWord(run);
      },
      words: { ...runWords, never: 'console.task.neverRun' },
      reads: ['runs'],
    },
    {
      id: 'added',
      title: 'console.column.added',
      min: 16,
      weight: 0,
      dropOrder: 5,
      text: ({ createdAt }) => dateText(createdAt),
    },
    {
      id: 'by',
      title: 'console.column.addedBy',
      min: 10,
      weight: 0,
      dropOrder: 6,
      text: ({ createdBy }) => createdBy,
    },
  ],
  sort: { column: 'number', isDescending: true },
  cells: (row, context) => [
    span(String(row.number), 'muted'),
    span(sanitiseLine(row.name)),
    span(packageLabel(row, context.model)),
    span(targetsText(row, context)),
    lastRunSpan(row, context),
    span(dateText(row.createdAt), 'muted'),
    span(sanitiseLine(row.createdBy), 'muted'),
  ],
  searchText: (row) => row.name,
  details: (row, context) => [
    { label: 'console.detail.package', value: span(packageLabel(row, context.model)) },
    { label: 'console.detail.targets', value: span(targetsText(row, context)) },
    { label: 'console.detail.attemptsLimit', value: span(String(row.settings.attemptsLimit)) },
    { label: 'console.detail.lastRun', value: lastRunSpan(row, context) },
    {
      label: 'console.detail.created',
      value: span(`${dateText(row.createdAt)} ${sanitiseLine(row.createdBy)}`, 'muted'),
    },
  ],
  open: 'showRuns',
  menu: ['runTask', 'showRuns', 'raiseAttempts', 'editEntry', 'copyTask', 'removeEntries'],
} as const satisfies Partial<TableDefinition<RemoteInstallationTask>>;

/** B68: the tasks for specific devices are in [Tasks]; a group's task is among that group's tasks. */
export const tasksTable: TableDefinition<RemoteInstallationTask> = {
  ...shape,
  kind: 'tasks',
  title: 'console.table.tasks',
  empty: 'console.table.tasks.empty',
  rows: (model, node) =>
    [...model.tasks.values()].filter(({ targets }) =>
      node.groupId === null
        ? targets.kind === 'devices'
        : targets.kind === 'group' && targets.groupId === node.groupId,
    ),
};

/** All groups' tasks, beside those for specific devices. */
export const groupTasksTable: TableDefinition<RemoteInstallationTask> = {
  ...shape,
  kind: 'groupTasks',
  title: 'console.table.groupTasks',
  empty: 'console.table.tasks.empty',
  rows: (model) => [...model.tasks.values()].filter(({ targets }) => targets.kind === 'group'),
};
