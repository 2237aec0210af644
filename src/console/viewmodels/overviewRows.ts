import { daysLeft, freeSeats, nearEndDays } from '../../domain/license.ts';
import type { Model, Run } from '../../domain/model.ts';
import { today } from '../../shared/localTime.ts';
import { initialModelState } from '../state/modelState.ts';
import type { NodeKind } from '../state/tree.ts';
import { type Words, words } from '../state/words.ts';
import { unwell } from './stateText.ts';
import { newestRuns } from './tables/tasks.ts';

/** A line of the overview: something that needs somebody, or how much there is of something. */
export interface OverviewRow {
  readonly id: string;
  readonly label: Words;
  /** Null: there is nothing to count. */
  readonly count: number | null;
  /** What there is to do about it; null: nothing. */
  readonly note: { readonly content: Words; readonly isUrgent: boolean } | null;
  /** Its state stands beside it. */
  readonly run?: Run;
  readonly leadsTo: { readonly run: string } | { readonly node: NodeKind; readonly filter?: string };
}

const runsAtMost = 10;

const note = (key: Words['key'], isUrgent = false): OverviewRow['note'] => ({
  content: words(key),
  isUrgent,
});
const countOf = <T>(entries: Iterable<T>, test: (entry: T) => boolean): number => {
  let count = 0;
  for (const entry of entries) if (test(entry)) count++;
  return count;
};

/** Tasks whose newest run did not end well, the newest first. */
function troubledRuns({ runs }: Model): readonly OverviewRow[] {
  return [...newestRuns(runs).values()]
    .filter((run) => run.finishedAt !== null && unwell(run) > 0)
    .sort((a, b) => b.number - a.number)
    .slice(0, runsAtMost)
    .map((run) => ({
      id: `run:${run.id}`,
      label: words('console.overview.run', { number: run.number, task: run.taskName }),
      count: unwell(run),
      note: null,
      run,
      leadsTo: { run: run.id },
    }));
}

interface Concern {
  readonly id: string;
  readonly label: Words['key'];
  readonly note: OverviewRow['note'];
  readonly count: (model: Model) => number;
  readonly leadsTo: OverviewRow['leadsTo'];
}

/** What is shown only while there is some of it, the most urgent first. */
const concerns: readonly Concern[] = [
  {
    id: 'running',
    label: 'console.overview.running',
    note: null,
    count: ({ runs }) => countOf(runs.values(), ({ finishedAt }) => finishedAt === null),
    leadsTo: { node: 'runs', filter: 'state:running' },
  },
  {
    id: 'keysChanged',
    label: 'console.overview.keysChanged',
    note: note('console.overview.keysChanged.note', true),
    count: ({ hostKeys }) => countOf(hostKeys.values(), ({ state }) => state === 'changed'),
    leadsTo: { node: 'hostKeys', filter: 'state:changed' },
  },
  {
    id: 'keysToReview',
    label: 'console.overview.keysToReview',
    note: note('console.overview.keysToReview.note'),
    count: ({ hostKeys }) => countOf(hostKeys.values(), ({ state }) => state === 'pending'),
    leadsTo: { node: 'hostKeys', filter: 'state:pending' },
  },
  {
    id: 'unreachable',
    label: 'console.overview.unreachable',
    note: note('console.overview.unreachable.note'),
    count: ({ runs }) =>
      [...newestRuns(runs).values()].reduce((sum, { counts }) => sum + (counts.unreachable ?? 0), 0),
    leadsTo: { node: 'runs', filter: 'state:failed' },
  },
  {
    id: 'exhausted',
    label: 'console.overview.exhausted',
    note: note('console.overview.exhausted.note'),
    count: ({ tasks }) =>
      [...tasks.values()].reduce(
        (sum, { attempts, settings }) =>
          sum + countOf(Object.values(attempts), ({ count }) => count >= settings.attemptsLimit),
        0,
      ),
    leadsTo: { node: 'tasks' },
  },
  {
    id: 'licensesEnding',
    label: 'console.overview.licensesEnding',
    note: note('console.overview.licensesEnding.note'),
    count: ({ licenses }) =>
      countOf(licenses.values(), (license) => {
        const left = daysLeft(license, today());
        return left !== null && left <= nearEndDays;
      }),
    leadsTo: { node: 'licenses' },
  },
  {
    id: 'licensesFull',
    label: 'console.overview.licensesFull',
    note: note('console.overview.licensesFull.note'),
    count: ({ licenses }) => countOf(licenses.values(), (license) => freeSeats(license) < 1),
    leadsTo: { node: 'licenses' },
  },
];

/** What there is, and what to do first where there is nothing yet. */
const inventory: readonly {
  readonly node: NodeKind;
  readonly count: (model: Model) => number;
  readonly ifNone?: Words['key'];
}[] = [
  { node: 'packages', count: ({ packages }) => packages.size, ifNone: 'console.overview.noPackage' },
  {
    node: 'managed',
    count: ({ devices }) => countOf(devices.values(), ({ groupId }) => groupId !== null),
  },
  {
    node: 'unassigned',
    count: ({ devices }) => countOf(devices.values(), ({ groupId }) => groupId === null),
  },
  { node: 'tasks', count: ({ tasks }) => tasks.size },
  { node: 'runs', count: ({ runs }) => runs.size },
  { node: 'licenses', count: ({ licenses }) => licenses.size },
  { node: 'accounts', count: ({ accounts }) => accounts.size, ifNone: 'console.overview.noAccount' },
  { node: 'hostKeys', count: ({ hostKeys }) => hostKeys.size },
];

/** What needs somebody, then how much there is of everything. */
export function overviewRows(model: Model): readonly OverviewRow[] {
  // Nothing was said by the server yet: that is not the same as nothing being there.
  if (model === initialModelState.collections) return [];
  const shown = concerns
    .map(({ id, label, leadsTo, ...rest }) => ({
      id,
      label: words(label),
      count: rest.count(model),
      note: rest.note,
      leadsTo,
    }))
    .filter(({ count }) => count > 0);
  const counts = inventory.map(({ node, count, ifNone }): OverviewRow => {
    const found = count(model);
    return {
      id: node,
      label: words(`console.node.${node}` as Words['key']),
      count: found,
      note: found === 0 && ifNone !== undefined ? note(ifNone) : null,
      leadsTo: { node },
    };
  });
  const noDevice: readonly OverviewRow[] =
    model.devices.size > 0
      ? []
      : [
          {
            id: 'noDevice',
            label: words('console.overview.noDevice'),
            count: null,
            note: note('console.overview.noDevice.note'),
            leadsTo: { node: 'unassigned' },
          },
        ];
  return [...shown, ...troubledRuns(model), ...noDevice, ...counts];
}
