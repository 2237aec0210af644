import { attemptStates } from '../../domain/attempt.ts';
import type { RunDevice } from '../../domain/model.ts';
import type { RunRow, RunRows } from '../state/runRows.ts';
import type { RunSort } from '../state/runSort.ts';
import type { RunWatch } from '../state/runState.ts';

const enteredAt = (device: RunDevice): string => device.timeline.at(-1)?.at ?? '';
const tookMs = (device: RunDevice, nowMs: number): number =>
  device.startedAt === null
    ? -1
    : (device.finishedAt === null ? nowMs : Date.parse(device.finishedAt)) - Date.parse(device.startedAt);
const stateOrder = new Map(attemptStates.map((state, i) => [state, i]));

/** Sorts up; equals stay in the order of their names. */
type Compare = (a: RunDevice, b: RunDevice, nowMs: number) => number;
const comparisons: Record<Exclude<RunSort, 'name'>, Compare> = {
  state: (a, b) => stateOrder.get(a.state)! - stateOrder.get(b.state)!,
  newest: (a, b) => (enteredAt(a) < enteredAt(b) ? 1 : enteredAt(a) > enteredAt(b) ? -1 : 0),
  longest: (a, b, nowMs) => tookMs(b, nowMs) - tookMs(a, nowMs),
  attempt: (a, b) => b.attempt - a.attempt,
};

interface Kept {
  readonly key: string;
  readonly places: readonly number[];
  readonly list: readonly RunRow[];
  readonly sorted: readonly RunRow[];
}
let kept: Kept | null = null;

/**
 * The rows in the chosen order. Rows that change their place under the cursor cannot be read, and ten thousand are not
 * sorted ten times a second: the order is made anew once a second.
 */
export function sortedRows({ runId, sort, devices }: RunWatch, now: string): readonly RunRow[] {
  const { list } = devices;
  if (sort.by === 'name') return sort.isReversed ? reversed(devices) : list;
  const key = `${runId} ${sort.by} ${sort.isReversed} ${list.length} ${now.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}`;
  if (kept?.key === key && kept.list === list) return kept.sorted;
  const places = kept?.key === key ? kept.places : orderOf(list, sort, Date.parse(now));
  const sorted = places.map((place) => list[place]!);
  kept = { key, places, list, sorted };
  return sorted;
}

function orderOf(list: readonly RunRow[], sort: RunWatch['sort'], nowMs: number): number[] {
  const compare = comparisons[sort.by as Exclude<RunSort, 'name'>];
  const sign = sort.isReversed ? -1 : 1;
  return list
    .map((_, place) => place)
    .sort((a, b) => sign * compare(list[a]!.device, list[b]!.device, nowMs));
}

let keptReversed: { readonly list: readonly RunRow[]; readonly rows: readonly RunRow[] } | null = null;
function reversed({ list }: RunRows): readonly RunRow[] {
  if (keptReversed?.list !== list) keptReversed = { list, rows: list.toReversed() };
  return keptReversed.rows;
}
