import type { ConsoleContext } from '../consoleContext.ts';
import { textValue } from '../state/textValue.ts';
import { overviewRows } from '../viewmodels/overviewRows.ts';
import { selectNode, selectTable } from '../viewmodels/selectTable.ts';
import { openWizard } from '../wizard/openWizard.ts';
import { addAccount, editAccount, removeAccounts } from './accounts.ts';
import { activeList } from './activeList.ts';
import { addDevice, editDevice } from './deviceForms.ts';
import { removeDevices } from './devices.ts';
import { askToScan, forgetHostKeys } from './hostKeys.ts';
import { addLicense, editLicense, removeLicenses } from './licenses.ts';
import { openMenu } from './overlays.ts';
import { addPackage, editPackage, removePackages } from './packages.ts';
import { jump } from './places.ts';
import { removeRuns } from './runs.ts';
import { cursorId, nodeGroup, selectTarget } from './target.ts';
import { editTask, removeTasks, showNewestRun } from './tasks.ts';

/** B9, B61: the wizard, with what is chosen here. */
export function installApplication(context: ConsoleContext) {
  const state = context.getState();
  const target = selectTarget(state);
  if (target.kind === 'packages' && target.ids.length > 0)
    return openWizard(context, {
      kind: 'package',
      packageId: target.ids[0]!,
    });
  if (target.kind === 'devices') return openWizard(context, { kind: 'nothing' }, target.ids);
  const groupId = nodeGroup(state);
  openWizard(context, groupId === null ? { kind: 'nothing' } : { kind: 'group', groupId });
}

/** B61: on a node of the tree, whatever has the focus in the workspace. */
export function installOnGroup(context: ConsoleContext) {
  const groupId = nodeGroup(context.getState());
  openWizard(context, groupId === null ? { kind: 'nothing' } : { kind: 'group', groupId });
}

/** What Enter does on a row. */
export function openRow(context: ConsoleContext) {
  const table = selectTable(context.getState());
  const id = cursorId(table);
  if (id === null) return openMenu(context);
  const { kind, open } = table.definition;
  if (kind === 'overview') return openOverviewRow(context, id);
  if (kind === 'runs') return context.openRun(id);
  if (open === 'showRuns') return showNewestRun(context, id);
  openMenu(context);
}

/** Where a row of the overview leads: to a run, or to a node with what it is about filtered out of the rest. */
function openOverviewRow(context: ConsoleContext, id: string): void {
  const { leadsTo } = overviewRows(context.getState().model.collections).find((row) => row.id === id) ?? {};
  if (leadsTo === undefined) return;
  if ('run' in leadsTo) context.openRun(leadsTo.run);
  else jump(context, leadsTo.node, leadsTo.filter === undefined ? {} : { filter: leadsTo.filter });
}

type ById = (context: ConsoleContext, id: string) => void;
const editors: Readonly<Record<string, ById>> = {
  packages: editPackage,
  devices: editDevice,
  licenses: editLicense,
  accounts: editAccount,
  tasks: editTask,
  groupTasks: editTask,
};
type ByIds = (context: ConsoleContext, ids: readonly string[]) => void;
const removers: Readonly<Record<string, ByIds>> = {
  packages: removePackages,
  devices: removeDevices,
  licenses: removeLicenses,
  accounts: removeAccounts,
  hostKeys: forgetHostKeys,
  tasks: removeTasks,
  groupTasks: removeTasks,
  runs: removeRuns,
};

export function editRow(context: ConsoleContext) {
  const { kind, ids } = selectTarget(context.getState());
  if (ids[0] !== undefined) editors[kind]?.(context, ids[0]);
}

export function removeRows(context: ConsoleContext) {
  const { kind, ids } = selectTarget(context.getState());
  if (ids.length > 0) removers[kind]?.(context, ids);
}

/** A new entry of what the selected node holds. */
export function addEntry(context: ConsoleContext) {
  const node = selectNode(context.getState());
  if (node.kind === 'packages' || node.kind === 'remote') return addPackage(context);
  if (node.kind === 'licenses') return addLicense(context);
  if (node.kind === 'accounts') return addAccount(context);
  if (node.kind === 'hostKeys') return askToScan(context);
  addDevice(context, node.groupId);
}

/** Everything about the row under the cursor, in full. */
export function showDetails(context: ConsoleContext) {
  const state = context.getState();
  const table = selectTable(state);
  const row = table.rows[table.cursor];
  if (row === undefined) return;
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: { kind: 'details', top: 0 },
  });
}

export function openFilter(context: ConsoleContext) {
  const { list } = activeList(context.getState());
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'filter',
      tableKey: list.key,
      value: textValue(list.table.filter),
      before: list.table.filter,
    },
  });
}

/** Left and right: the tabs of a workspace; left of the first is the tree. */
export function moveTab(context: ConsoleContext, step: 1 | -1) {
  const table = selectTable(context.getState());
  const next = table.tab + step;
  if (next < 0) return context.dispatch({ type: 'ui/set', change: { pane: 'tree' } });
  if (next < table.definitions.length) context.dispatch({ type: 'ui/tab', node: table.node.id, tab: next });
}
