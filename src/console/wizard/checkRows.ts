import type { Device, Model } from '../../domain/model.ts';
import { devicesOfShare, type Share } from '../../domain/share.ts';
import { waveOf } from '../../domain/waves.ts';
import type { PlanRow, ReadinessRow } from '../../protocol/answers.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import { sizeText } from '../viewmodels/figures.ts';
import type { ListRow, Words } from './field.ts';

type Names = Pick<Model, 'devices' | 'accounts'>;
type Facts = readonly (Words | string)[];

const nameOf = ({ deviceId }: ReadinessRow, { devices }: Names): string =>
  devices.get(deviceId)?.name ?? deviceId;

/** What was found on a device: the account and its rights, the system, the free disk, what is installed. */
function factsOf(row: ReadinessRow, { accounts }: Names): Facts {
  const account = row.accountId === null ? '' : (accounts.get(row.accountId)?.name ?? '');
  const installed: Facts =
    row.isInstalled === true
      ? [{ key: 'wizard.check.installed', params: { version: row.installedVersion ?? '' } }]
      : [];
  const free: Facts =
    row.freeBytes === null ? [] : [{ key: 'wizard.check.free', params: { size: sizeText(row.freeBytes) } }];
  return [
    ...(account === '' ? [] : [account]),
    { key: row.isRoot ? 'wizard.check.root' : 'wizard.check.notRoot' },
    ...installed,
    ...free,
    ...[`${row.osName ?? ''} ${row.architecture ?? ''}`.trim()].filter((text) => text !== ''),
  ];
}

/** What came of trying the accounts: a row a device. */
export const triedRows = (rows: readonly ReadinessRow[], model: Names): readonly ListRow[] =>
  rows
    .map((row): ListRow => {
      const base = { id: row.deviceId, text: nameOf(row, model) };
      if (row.failure !== null) return { ...base, reason: row.failure, role: 'error' };
      return { ...base, facts: factsOf(row, model), role: 'success' };
    })
    .toSorted((a, b) => compareNames(a.text, b.text));

const planRoles = { install: 'success', skip: 'muted', blocked: 'error' } as const;
const planOrder: Readonly<Record<PlanRow['action'], number>> = { blocked: 0, skip: 1, install: 2 };

/** B91: a row a device, what is blocked first: what would be done, over which channel, and what was found. */
export function planRows(
  rows: readonly PlanRow[],
  model: Names,
  order: readonly Pick<Device, 'id'>[],
  waveSize: Share | null,
): readonly ListRow[] {
  const places = new Map(order.map(({ id }, index) => [id, index]));
  const size = waveSize === null ? null : devicesOfShare(waveSize, Math.max(1, order.length));
  return rows
    .toSorted(
      (a, b) => planOrder[a.action] - planOrder[b.action] || compareNames(nameOf(a, model), nameOf(b, model)),
    )
    .map((row): ListRow => {
      const wave = waveOf(places.get(row.deviceId) ?? 0, size) + 1;
      const facts: Facts = [
        { key: `cli.action.${row.action}` },
        ...(row.method === null
          ? []
          : [{ key: 'wizard.check.channel', params: { channel: row.method } } as const]),
        ...(size === null ? [] : [{ key: 'wizard.check.wave', params: { wave } } as const]),
        ...(row.failure === null ? factsOf(row, model) : []),
      ];
      return {
        id: row.deviceId,
        text: nameOf(row, model),
        facts,
        ...(row.failure === null ? {} : { reason: row.failure }),
        role: planRoles[row.action],
      };
    });
}
