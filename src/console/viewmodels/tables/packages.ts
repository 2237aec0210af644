import type { InstallationPackage } from '../../../domain/model.ts';
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
    { title: 'console.column.name', min: 14, weight: 3, dropOrder: 0 },
    { title: 'console.column.version', min: 10, weight: 2, dropOrder: 0 },
    { title: 'console.column.format', min: 7, weight: 0, dropOrder: 0 },
    { title: 'console.column.architecture', min: 6, weight: 0, dropOrder: 2 },
    { title: 'console.column.size', min: 8, weight: 0, dropOrder: 3, align: 'right' },
  ],
  rows: (model) => [...model.packages.values()].sort((a, b) => byName(a, b) || byVersion(a, b)),
  cells: (row) => [
    span(sanitiseLine(row.name)),
    span(sanitiseLine(row.version)),
    span(row.format),
    span(row.architecture),
    span(sizeText(row.content.sizeBytes)),
  ],
  searchText: (row) => `${row.name} ${row.version} ${row.format}`,
  details: (row) => [
    { label: 'console.detail.file', value: span(sanitiseLine(row.content.fileName)) },
    { label: 'console.detail.sha256', value: span(row.content.sha256, 'muted') },
    {
      label: 'console.detail.command',
      value: row.command === null ? span('-', 'muted') : span(sanitiseLine(row.command)),
    },
    { label: 'console.detail.parameters', value: span(sanitiseLine(row.parameters) || '-', 'muted') },
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
