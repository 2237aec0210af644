import { licenseDeliveryOf, licenseDeliveryText } from '../../../domain/licenseDelivery.ts';
import type { InstallationPackage } from '../../../domain/model.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { span } from '../../terminal/roles.ts';
import { sizeText } from '../figures.ts';
import { byName, type TableDefinition } from '../tableDefinition.ts';

/** B8: the workspace of [Installation packages]. */
export const packagesTable: TableDefinition<InstallationPackage> = {
  kind: 'packages',
  title: 'console.table.packages',
  empty: 'console.table.packages.empty',
  reads: ['packages'],
  columns: [
    {
      id: 'name',
      title: 'console.column.name',
      min: 14,
      weight: 3,
      dropOrder: 0,
      text: ({ name }) => name,
      order: ({ name, version }) => `${name} ${version}`,
    },
    {
      id: 'version',
      title: 'console.column.version',
      min: 10,
      weight: 2,
      dropOrder: 0,
      text: ({ version }) => version,
    },
    {
      id: 'format',
      title: 'console.column.format',
      min: 7,
      weight: 0,
      dropOrder: 0,
      text: ({ format }) => format,
    },
    {
      id: 'arch',
      title: 'console.column.architecture',
      min: 7,
      weight: 0,
      dropOrder: 2,
      text: ({ architecture }) => architecture,
    },
    {
      id: 'size',
      title: 'console.column.size',
      min: 8,
      weight: 0,
      dropOrder: 3,
      align: 'right',
      text: ({ content }) => sizeText(content.sizeBytes),
      order: ({ content }) => content.sizeBytes,
    },
    {
      id: 'added',
      title: 'console.column.added',
      min: 16,
      weight: 0,
      dropOrder: 4,
      text: ({ createdAt }) => dateText(createdAt),
    },
    {
      id: 'file',
      title: 'console.column.file',
      min: 20,
      weight: 2,
      dropOrder: 5,
      text: ({ content }) => content.fileName,
    },
  ],
  rows: (model) => [...model.packages.values()].sort((a, b) => byName(a, b) || byVersion(a, b)),
  cells: (row) => [
    span(sanitiseLine(row.name)),
    span(sanitiseLine(row.version)),
    span(row.format),
    span(row.architecture),
    span(sizeText(row.content.sizeBytes)),
    span(dateText(row.createdAt), 'muted'),
    span(sanitiseLine(row.content.fileName), 'muted'),
  ],
  searchText: (row) => `${row.name} ${row.version} ${row.format}`,
  details: (row, { model }) => [
    { label: 'console.detail.file', value: span(sanitiseLine(row.content.fileName)) },
    { label: 'console.detail.sha256', value: span(row.content.sha256, 'muted') },
    {
      label: 'console.detail.command',
      value: row.command === null ? span('-', 'muted') : span(sanitiseLine(row.command)),
    },
    { label: 'console.detail.parameters', value: span(sanitiseLine(row.parameters) || '-', 'muted') },
    {
      label: 'licenses.detail.license',
      value: span(sanitiseLine(model.licenses.get(row.licenseId ?? '')?.name ?? '-'), 'muted'),
    },
    { label: 'licenses.detail.delivery', value: span(licenseDeliveryText(licenseDeliveryOf(row)), 'muted') },
    {
      label: 'console.detail.dependencies',
      value: span(sanitiseLine(row.dependencies.join(', ')) || '-', 'muted'),
    },
  ],
  open: 'openMenu',
  menu: ['installApplication', 'showDetails', 'editEntry', 'addEntry', 'removeEntries'],
};

const byVersion = (a: InstallationPackage, b: InstallationPackage): number =>
  byName({ name: b.version }, { name: a.version });
