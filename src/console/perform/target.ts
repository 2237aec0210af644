import type { Run } from '../../domain/model.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { memoise } from '../state/memoise.ts';
import { selectRunDevices } from '../viewmodels/selectRun.ts';
import { chosenIds, selectNode, selectTable, type TableView } from '../viewmodels/selectTable.ts';

/** What an action applies to where the focus is. */
export interface Target {
  /** `tree` and `run`, or the kind of the workspace's table. */
  readonly kind: string;
  readonly ids: readonly string[];
  /** Marked rows that the filter hides: they are left alone. */
  readonly hidden: number;
  readonly groupId: string | null;
}

/** The group that a node stands for: new devices go there. */
export const nodeGroup = (state: ConsoleState): string | null => selectNode(state).groupId;

/** Asked for by every hint and menu item of a frame: walked once. */
export const selectTarget = memoise((state: ConsoleState): Target => {
  const groupId = nodeGroup(state);
  const none = { hidden: 0, groupId };
  if (state.ui.screen === 'run') {
    const hidden = state.run?.view === 'devices' ? selectRunDevices(state).marked.hidden : 0;
    return { kind: 'run', ids: state.run ? [state.run.runId] : [], hidden, groupId };
  }
  if (state.ui.pane === 'tree') return { ...none, kind: 'tree', ids: [] };
  const table = selectTable(state);
  return { kind: table.definition.kind, ids: chosenIds(table), hidden: table.marked.hidden, groupId };
});

/** The one row that is meant; null: none, or several are marked. */
const onlyId = ({ ids }: Target): string | null => (ids.length === 1 ? ids[0]! : null);

/** The run of the run screen, or the one that is marked or under the cursor. */
export function targetRun(state: ConsoleState): Run | null {
  const target = selectTarget(state);
  if (target.kind === 'run') return state.run?.run ?? null;
  if (target.kind !== 'runs') return null;
  return state.model.collections.runs.get(onlyId(target) ?? '') ?? null;
}

/** The task that is marked or under the cursor, of the run that is, or of the run screen. */
export function targetTask(state: ConsoleState): string | null {
  const run = targetRun(state);
  if (run !== null) return run.taskId;
  const target = selectTarget(state);
  return target.kind === 'tasks' || target.kind === 'groupTasks' ? onlyId(target) : null;
}

export const cursorId = (table: TableView): string | null => table.rows[table.cursor]?.id ?? null;
