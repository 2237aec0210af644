import type { Device } from '../domain/model.ts';
import type { PlanRow, ReadinessRow } from '../protocol/answers.ts';
import { sanitiseLine } from '../shared/sanitise.ts';
import type { CommandContext } from './program/context.ts';
import { tableLines } from './table.ts';

const collator = new Intl.Collator(undefined, { numeric: true });

const gibibytes = (bytes: number | null): string =>
  bytes === null ? '-' : `${(bytes / 1_073_741_824).toFixed(1)} GiB`;

/** B3, B91: what was found on each device, in words; what stands in the way follows with what to do next. */
export function readinessLines(
  context: CommandContext,
  rows: readonly (ReadinessRow | PlanRow)[],
  devices: ReadonlyMap<string, Device>,
  accountNames: ReadonlyMap<string, string>,
): string[] {
  const { t } = context;
  type Row = ReadinessRow | PlanRow;
  const nameOf = (row: Row): string => devices.get(row.deviceId)?.name ?? row.deviceId;
  const columns = [
    { title: t('cli.column.device'), text: nameOf },
    {
      title: t('cli.column.action'),
      text: (row: Row) =>
        'action' in row
          ? t(`cli.action.${row.action}`)
          : t(row.failure === null ? 'cli.action.ready' : 'cli.action.blocked'),
    },
    { title: t('cli.column.port'), text: (row: Row) => t(`cli.port.${row.port}`) },
    {
      title: t('cli.column.account'),
      text: (row: Row) => (row.accountId === null ? '-' : (accountNames.get(row.accountId) ?? row.accountId)),
    },
    { title: 'root', text: (row: Row) => t(row.isRoot ? 'cli.yes' : 'cli.no') },
    {
      title: t('cli.column.platform'),
      text: (row: Row) => `${row.osName ?? '-'} ${row.architecture ?? ''}`.trim(),
    },
    {
      title: t('cli.column.installed'),
      text: (row: Row) => row.installedVersion ?? (row.isInstalled ? t('cli.yes') : '-'),
    },
    { title: t('cli.column.free'), align: 'right' as const, text: (row: Row) => gibibytes(row.freeBytes) },
  ];
  const inOrder = rows.toSorted((a, b) => collator.compare(nameOf(a), nameOf(b)));
  const reasons = inOrder.flatMap((row) => {
    if (row.failure === null) return [];
    const { message, next } = context.explain(row.failure);
    return [`${sanitiseLine(nameOf(row), 120)}: ${message}`, `  → ${next}`];
  });
  const width = context.output.isTerminal ? context.output.columns : null;
  return [...tableLines(columns, inOrder, width), ...(reasons.length > 0 ? ['', ...reasons] : [])];
}

/** A row as `--json` shows it. */
export const readinessShape = (
  context: CommandContext,
  row: ReadinessRow | PlanRow,
  devices: ReadonlyMap<string, Device>,
) => ({
  name: devices.get(row.deviceId)?.name ?? row.deviceId,
  address: devices.get(row.deviceId)?.address ?? null,
  ...row,
  failure: row.failure === null ? null : { code: row.failure.code, ...context.explain(row.failure) },
});
