import { endpointText } from '../../../domain/endpointText.ts';
import type { Device, Model } from '../../../domain/model.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { groupPath, withSubgroups } from '../../state/tree.ts';
import { span } from '../../terminal/roles.ts';
import type { TableDefinition } from '../tableDefinition.ts';

const systemText = ({ facts, platform }: Device): string => facts?.osName ?? platform;
const systemDetail = (row: Device): string =>
  row.facts === null
    ? row.platform
    : `${row.facts.osName} ${row.facts.architecture} (${dateText(row.facts.seenAt)})`;
const groupText = ({ groupId }: Device, { groups }: Model): string => groupPath(groups, groupId);
const accountText = ({ lastAccountId }: Device, { accounts }: Model): string =>
  lastAccountId === null ? '' : (accounts.get(lastAccountId)?.name ?? '');
const viaText = ({ jumpHost }: Device): string => (jumpHost === null ? '' : endpointText(jumpHost));
const quiet = (text: string) => span(sanitiseLine(text) || '-', 'muted');

/** The devices of a node: all managed ones, a group's with its subgroups', or the unassigned ones. */
export const devicesTable: TableDefinition<Device> = {
  kind: 'devices',
  title: 'console.table.devices',
  empty: 'console.table.devices.empty',
  reads: ['devices', 'groups', 'accounts'],
  columns: [
    { id: 'name', title: 'console.column.name', min: 19, weight: 3, dropOrder: 0, text: ({ name }) => name },
    { id: 'address', title: 'console.column.address', min: 15, weight: 1, dropOrder: 0, text: endpointText },
    { id: 'os', title: 'console.column.platform', min: 11, weight: 2, dropOrder: 1, text: systemText },
    {
      id: 'account',
      title: 'console.column.account',
      min: 10,
      weight: 1,
      dropOrder: 2,
      text: accountText,
      reads: ['accounts'],
    },
    {
      id: 'group',
      title: 'console.column.group',
      min: 10,
      weight: 2,
      dropOrder: 3,
      text: groupText,
      reads: ['groups'],
    },
    {
      id: 'arch',
      title: 'console.column.architecture',
      min: 7,
      weight: 0,
      dropOrder: 5,
      text: ({ facts }) => facts?.architecture ?? '',
    },
    {
      id: 'seen',
      title: 'console.column.seen',
      min: 16,
      weight: 0,
      dropOrder: 4,
      text: ({ facts }) => (facts === null ? '' : dateText(facts.seenAt)),
    },
    {
      id: 'user',
      title: 'console.column.login',
      min: 10,
      weight: 0,
      dropOrder: 7,
      text: ({ user }) => user ?? '',
    },
    { id: 'via', title: 'console.column.via', min: 12, weight: 1, dropOrder: 6, text: viaText },
    {
      id: 'server',
      title: 'console.column.managedBy',
      min: 11,
      weight: 0,
      dropOrder: 8,
      text: ({ managedBy }) => managedBy ?? '',
    },
  ],
  sort: { column: 'name', isDescending: false },
  rows: (model, node) => {
    const all = [...model.devices.values()];
    const groups = node.groupId === null ? null : withSubgroups(model.groups, node.groupId);
    return groups !== null
      ? all.filter(({ groupId }) => groupId !== null && groups.has(groupId))
      : all.filter(({ groupId }) => (groupId === null) === (node.kind === 'unassigned'));
  },
  cells: (row, { model }) => [
    span(sanitiseLine(row.name)),
    span(endpointText(row)),
    span(sanitiseLine(systemText(row)), row.facts ? 'text' : 'muted'),
    quiet(accountText(row, model)),
    quiet(groupText(row, model)),
    quiet(row.facts?.architecture ?? ''),
    quiet(row.facts === null ? '' : dateText(row.facts.seenAt)),
    quiet(row.user ?? ''),
    quiet(viaText(row)),
    quiet(row.managedBy ?? ''),
  ],
  searchText: (row) => `${row.name} ${endpointText(row)} ${row.facts?.osName ?? row.platform}`,
  details: (row, { model }) => [
    { label: 'console.detail.address', value: span(endpointText(row)) },
    { label: 'console.detail.os', value: span(sanitiseLine(systemDetail(row))) },
    { label: 'console.detail.group', value: span(sanitiseLine(groupText(row, model)) || '-') },
    { label: 'console.detail.account', value: span(sanitiseLine(accountText(row, model)) || '-') },
    { label: 'console.detail.user', value: quiet(row.user ?? '') },
    { label: 'console.detail.jumpHost', value: quiet(viaText(row)) },
    { label: 'console.detail.managedBy', value: quiet(row.managedBy ?? '') },
  ],
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
