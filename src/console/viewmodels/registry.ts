import type { NodeKind } from '../state/tree.ts';
import type { TableDefinition } from './tableDefinition.ts';
import { accountsTable } from './tables/accounts.ts';
import { devicesTable } from './tables/devices.ts';
import { hostKeysTable } from './tables/hostKeys.ts';
import { licensesTable } from './tables/licenses.ts';
import { overviewTable } from './tables/overview.ts';
import { packagesTable } from './tables/packages.ts';
import { runsTable } from './tables/runs.ts';
import { groupTasksTable, tasksTable } from './tables/tasks.ts';

/** Each definition is used only with rows that it made itself. */
const any = <Row extends { readonly id: string }>(definition: TableDefinition<Row>): TableDefinition =>
  definition as unknown as TableDefinition;

/** Which tables the workspace of a node has: one, or several as tabs. */
export const tablesOfNode: Record<NodeKind, readonly TableDefinition[]> = {
  server: [any(overviewTable)],
  managed: [any(devicesTable), any(groupTasksTable)],
  group: [any(devicesTable), any(tasksTable)],
  unassigned: [any(devicesTable)],
  tasks: [any(tasksTable), any(groupTasksTable)],
  runs: [any(runsTable)],
  run: [any(runsTable)],
  remote: [any(packagesTable)],
  packages: [any(packagesTable)],
  licenses: [any(licensesTable)],
  accounts: [any(accountsTable)],
  hostKeys: [any(hostKeysTable)],
};
