import type { Model } from '../../domain/model.ts';
import type { ReadinessRow } from '../../protocol/answers.ts';
import { sizeText } from '../viewmodels/figures.ts';
import type { ListRow } from './field.ts';

/** What came of trying the accounts: a row a device. */
export const triedRows = (
  rows: readonly ReadinessRow[],
  { devices, accounts }: Pick<Model, 'devices' | 'accounts'>,
): readonly ListRow[] =>
  rows.map((row): ListRow => {
    const text = devices.get(row.deviceId)?.name ?? row.deviceId;
    if (row.failure !== null) return { id: row.deviceId, text, reason: row.failure, role: 'error' };
    const account = row.accountId === null ? '' : (accounts.get(row.accountId)?.name ?? '');
    const free = row.freeBytes === null ? '' : sizeText(row.freeBytes);
    return {
      id: row.deviceId,
      text,
      detail: [account, row.osName ?? '', row.architecture ?? '', free]
        .filter((part) => part !== '')
        .join('  '),
      role: 'success',
    };
  });
