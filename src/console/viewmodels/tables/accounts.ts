import type { Account } from '../../../domain/model.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import type { TableDefinition } from '../tableDefinition.ts';

const kinds = {
  password: 'console.account.password',
  key: 'console.account.key',
  agent: 'console.account.agent',
} as const;

const becomeText = ({ become }: Account, t: Translate): string =>
  become === 'none' ? t('console.become.none') : become;

/** Accounts without their secrets (B101). */
export const accountsTable: TableDefinition<Account> = {
  kind: 'accounts',
  title: 'console.table.accounts',
  empty: 'console.table.accounts.empty',
  reads: ['accounts'],
  columns: [
    { id: 'name', title: 'console.column.name', min: 16, weight: 2, dropOrder: 0, text: ({ name }) => name },
    { id: 'user', title: 'console.column.user', min: 9, weight: 1, dropOrder: 0, text: ({ user }) => user },
    {
      id: 'kind',
      title: 'console.column.kind',
      // ローカルアカウント
      min: 18,
      weight: 1,
      dropOrder: 0,
      text: ({ kind }) => kind,
      words: kinds,
    },
    {
      id: 'become',
      title: 'console.column.become',
      min: 8,
      weight: 0,
      dropOrder: 1,
      text: ({ become }) => become,
    },
    {
      id: 'fingerprint',
      title: 'console.column.fingerprint',
      min: 20,
      weight: 3,
      dropOrder: 2,
      text: ({ keyFingerprint }) => keyFingerprint ?? '',
    },
    {
      id: 'added',
      title: 'console.column.added',
      min: 16,
      weight: 0,
      dropOrder: 3,
      text: ({ createdAt }) => dateText(createdAt),
    },
  ],
  sort: { column: 'name', isDescending: false },
  rows: (model) => [...model.accounts.values()],
  cells: (row, { t }) => [
    span(sanitiseLine(row.name)),
    span(sanitiseLine(row.user)),
    span(t(`console.account.${row.kind}`)),
    span(becomeText(row, t)),
    span(row.keyFingerprint ?? '-', 'muted'),
    span(dateText(row.createdAt), 'muted'),
  ],
  searchText: (row) => `${row.name} ${row.user}`,
  details: (row, { t }) => [
    { label: 'console.detail.user', value: span(sanitiseLine(row.user)) },
    { label: 'console.detail.kind', value: span(t(`console.account.${row.kind}`)) },
    { label: 'console.detail.become', value: span(becomeText(row, t)) },
    { label: 'console.detail.fingerprint', value: span(row.keyFingerprint ?? '-', 'muted') },
    { label: 'console.detail.created', value: span(dateText(row.createdAt), 'muted') },
  ],
  open: 'openMenu',
  menu: ['addEntry', 'editEntry', 'removeEntries'],
};
