import { endpointText } from '../../../domain/endpointText.ts';
import type { Device } from '../../../domain/model.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { groupPath, withSubgroups } from '../../state/tree.ts';
import { span } from '../../terminal/roles.ts';
import { byName, type TableDefinition } from '../tableDefinition.ts';

/** The devices of a node: all managed ones, a group's with its subgroups', or the unassigned ones. */
export const devicesTable: TableDefinition<Device> = {
  kind: 'devices',
  title: 'console.table.devices',
  empty: 'console.table.devices.empty',
  reads: ['devices', 'groups', 'accounts'],
  columns: [
    { title: 'console.column.name', min: 14, weight: 3, dropOrder: 0 },
    { title: 'console.column.address', min: 15, weight: 1, dropOrder: 0 },
    { title: 'console.column.platform', min: 14, weight: 2, dropOrder: 1 },
    { title: 'console.column.group', min: 10, weight: 2, dropOrder: 3 },
    { title: 'console.column.account', min: 10, weight: 1, dropOrder: 2 },
  ],
  rows: (model, node) => {
    const all = [...model.devices.values()];
    const groups = node.groupId === null ? null : withSubgroups(model.groups, node.groupId);
    const shown =
      groups !== null
        ? all.filter(({ groupId }) => groupId !== null && groups.has(groupId))
        : all.filter(({ groupId }) => (groupId === null) === (node.kind === 'unassigned'));
    return shown.sort(byName);
  },
  cells: (row, { model }) => {
    const account = row.lastAccountId === null ? undefined : model.accounts.get(row.lastAccountId);
    return [
      span(sanitiseLine(row.name)),
      span(endpointText(row)),
      span(row.facts === null ? row.platform : sanitiseLine(row.facts.osName), row.facts ? 'text' : 'muted'),
      span(sanitiseLine(groupPath(model.groups, row.groupId)) || '-', 'muted'),
      span(account ? sanitiseLine(account.name) : '-', 'muted'),
    ];
  },
  searchText: (row) => `${row.name} ${endpointText(row)} ${row.facts?.osName ?? row.platform}`,
  details: (row, { model }) => {
    const account = row.lastAccountId === null ? undefined : model.accounts.get(row.lastAccountId);
    const jump = row.jumpHost;
    return [
      { label: 'console.detail.address', value: span(endpointText(row)) },
      {
        label: 'console.detail.os',
        value: span(
          row.facts === null
            ? row.platform
            : `${sanitiseLine(row.facts.osName)} ${sanitiseLine(row.facts.architecture)} (${dateText(row.facts.seenAt)})`,
        ),
      },
      {
        label: 'console.detail.group',
        value: span(sanitiseLine(groupPath(model.groups, row.groupId)) || '-'),
      },
      { label: 'console.detail.account', value: span(account ? sanitiseLine(account.name) : '-') },
      {
        label: 'console.detail.jumpHost',
        value: span(
          jump === null ? '-' : `${jump.address}${jump.port === null ? '' : `:${jump.port}`}`,
          'muted',
        ),
      },
      { label: 'console.detail.managedBy', value: span(sanitiseLine(row.managedBy ?? '-'), 'muted') },
    ];
  },
  open: 'openMenu',
  menu: [
    'installApplication',
    'checkDevices',
    'scanHostKeys',
    'moveDevices',
    'editEntry',
    'addEntry',
    'importDevices',
    'removeEntries',
  ],
};
