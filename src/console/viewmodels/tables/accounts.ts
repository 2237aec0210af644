import type { Account } from '../../../domain/model.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import { byName, type TableDefinition } from '../tableDefinition.ts';

/** Accounts without their secrets (B101). */
export const accountsTable: TableDefinition<Account> = {
  kind: 'accounts',
  title: 'console.table.accounts',
  empty: 'console.table.accounts.empty',
  reads: ['accounts'],
  columns: [
    { title: 'console.column.name', min: 14, weight: 2, dropOrder: 0 },
    { title: 'console.column.user', min: 12, weight: 2, dropOrder: 0 },
    { title: 'console.column.kind', min: 18, weight: 1, dropOrder: 0 },
    { title: 'console.column.become', min: 8, weight: 0, dropOrder: 1 },
    { title: 'console.column.fingerprint', min: 20, weight: 3, dropOrder: 2 },
  ],
  rows: (model) => [...model.accounts.values()].sort(byName),
  cells: (row, { t }) => [
    span(sanitiseLine(row.name)),
    span(sanitiseLine(row.user)),
    span(t(`console.account.${row.kind}`)),
    span(row.become),
    span(row.keyFingerprint ?? '-', 'muted'),
  ],
  searchText: (row) => `${row.name} ${row.user}`,
  details: (row, { t }) => [
    { label: 'console.detail.user', value: span(sanitiseLine(row.user)) },
    { label: 'console.detail.kind', value: span(t(`console.account.${row.kind}`)) },
    { label: 'console.detail.become', value: span(row.become) },
    { label: 'console.detail.fingerprint', value: span(row.keyFingerprint ?? '-', 'muted') },
    { label: 'console.detail.created', value: span(dateText(row.createdAt), 'muted') },
  ],
  open: 'openMenu',
  menu: ['addEntry', 'editEntry', 'removeEntries'],
};
