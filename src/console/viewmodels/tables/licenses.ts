import { freeSeats, seatsUsed } from '../../../domain/license.ts';
import { maskedKey } from '../../../domain/licenseKey.ts';
import type { License } from '../../../domain/model.ts';
import { compareNames } from '../../../shared/nameOrder.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import { daysLeftSpan, expiryText, seatsSpan } from '../licenseText.ts';
import type { TableDefinition } from '../tableDefinition.ts';

const namesAtMost = 20;

/** The devices that have it, by name. */
function deviceNames({ seats }: License): string {
  const names = Object.values(seats)
    .map(({ deviceName }) => deviceName)
    .toSorted(compareNames);
  return [...names.slice(0, namesAtMost), ...(names.length > namesAtMost ? ['…'] : [])].join(', ');
}

/** Licenses without their keys (B38, B101). */
export const licensesTable: TableDefinition<License> = {
  kind: 'licenses',
  title: 'licenses.table',
  empty: 'licenses.table.empty',
  reads: ['licenses'],
  columns: [
    { id: 'name', title: 'console.column.name', min: 12, weight: 2, dropOrder: 0, text: ({ name }) => name },
    {
      id: 'product',
      title: 'licenses.column.product',
      min: 10,
      weight: 2,
      dropOrder: 2,
      text: ({ product }) => product,
    },
    {
      id: 'seats',
      title: 'licenses.column.seats',
      min: 18,
      weight: 0,
      dropOrder: 0,
      text: (license) => String(seatsUsed(license)),
      order: freeSeats,
    },
    {
      id: 'expires',
      title: 'licenses.column.expires',
      min: 10,
      weight: 0,
      dropOrder: 1,
      text: ({ expiresOn }) => expiresOn ?? '',
      // What never ends stands behind all that does.
      order: ({ expiresOn }) => expiresOn ?? '9999-12-31',
    },
    { title: 'licenses.column.daysLeft', min: 11, weight: 0, dropOrder: 0 },
  ],
  sort: { column: 'name', isDescending: false },
  rows: (model) => [...model.licenses.values()],
  cells: (row, { t, glyphs }) => [
    span(sanitiseLine(row.name)),
    span(sanitiseLine(row.product)),
    seatsSpan(row, t, glyphs),
    span(expiryText(row, t), row.expiresOn === null ? 'muted' : 'text'),
    daysLeftSpan(row, t, glyphs),
  ],
  searchText: (row) => `${row.name} ${row.product} ${row.note}`,
  details: (row, { t, glyphs, model }) => {
    const packages = [...model.packages.values()].filter(({ licenseId }) => licenseId === row.id);
    const names = packages.map(({ name, version }) => `${name} ${version}`.trim()).join(', ');
    const left = daysLeftSpan(row, t, glyphs);
    const file = row.keyFileName === null ? '' : ` (${sanitiseLine(row.keyFileName)})`;
    return [
      { label: 'licenses.detail.key', value: span(`${maskedKey(sanitiseLine(row.keyTail))}${file}`) },
      { label: 'licenses.detail.product', value: span(sanitiseLine(row.product)) },
      { label: 'licenses.detail.seats', value: seatsSpan(row, t, glyphs) },
      {
        label: 'licenses.detail.expires',
        value: span(
          row.expiresOn === null ? t('licenses.never') : `${row.expiresOn}  ${left.text}`,
          left.role,
        ),
      },
      { label: 'licenses.detail.devices', value: span(sanitiseLine(deviceNames(row), 2000) || '-') },
      { label: 'licenses.detail.inPackages', value: span(sanitiseLine(names) || '-', 'muted') },
      { label: 'licenses.detail.note', value: span(sanitiseLine(row.note) || '-', 'muted') },
    ];
  },
  open: 'openMenu',
  menu: ['showDetails', 'editEntry', 'addEntry', 'releaseSeats', 'removeEntries'],
};
