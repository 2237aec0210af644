import type { Run } from '../../domain/model.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { chosenIds, selectNode, selectTable, type TableView } from '../viewmodels/selectTable.ts';

/** What an action applies to where the focus is. */
export interface Target {
  /** `tree` and `run`, or the kind of the workspace's table. */
  readonly kind: string;
  readonly ids: readonly string[];
  readonly groupId: string | null;
}

/** The group that a node stands for: new devices go there. */
export const nodeGroup = (state: ConsoleState): string | null => selectNode(state).groupId;

export function selectTarget(state: ConsoleState): Target {
  const groupId = nodeGroup(state);
  if (state.ui.screen === 'run') return { kind: 'run', ids: state.run ? [state.run.runId] : [], groupId };
  if (state.ui.pane === 'tree') return { kind: 'tree', ids: [], groupId };
  const table = selectTable(state);
  return { kind: table.definition.kind, ids: chosenIds(table), groupId };
}

/** The run of the run screen, or the one under the cursor. */
export function targetRun(state: ConsoleState): Run | null {
  const target = selectTarget(state);
  if (target.kind === 'run') return state.run?.run ?? null;
  if (target.kind !== 'runs') return null;
  return state.model.collections.runs.get(cursorId(selectTable(state)) ?? '') ?? null;
}

/** The task under the cursor, of the run under it, or of the run screen. */
export function targetTask(state: ConsoleState): string | null {
  const run = targetRun(state);
  if (run !== null) return run.taskId;
  const target = selectTarget(state);
  return target.kind === 'tasks' || target.kind === 'groupTasks' ? cursorId(selectTable(state)) : null;
}

export const cursorId = (table: TableView): string | null => table.rows[table.cursor]?.id ?? null;
