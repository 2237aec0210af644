import type { Device } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Snapshot } from '../../protocol/answers.ts';
import { dateText } from '../../shared/localTime.ts';
import { groupPathOf } from '../lookup.ts';
import { fieldLines } from './fieldLines.ts';

/** All about a device: what was given, and what it showed when it was last reached. */
export function deviceFieldLines(t: Translate, { collections }: Snapshot, device: Device): string[] {
  const { facts, jumpHost: jump } = device;
  const account = collections.accounts.find(({ id }) => id === device.lastAccountId);
  const user = jump?.user == null ? '' : `${jump.user}@`;
  return fieldLines([
    [t('cli.column.name'), device.name],
    [t('cli.column.address'), device.address],
    [t('cli.column.port'), device.port ?? 22],
    [t('cli.column.group'), groupPathOf(collections.groups, device.groupId)],
    [t('cli.column.user'), device.user],
    [t('cli.column.jumpHost'), jump === null ? null : `${user}${jump.address}:${jump.port ?? 22}`],
    [t('cli.column.platform'), facts?.osName ?? device.platform],
    [t('cli.column.architecture'), facts?.architecture ?? null],
    [t('cli.column.seenAt'), facts === null ? null : dateText(facts.seenAt)],
    [t('cli.column.lastAccount'), account?.name ?? null],
    [t('cli.column.managedBy'), device.managedBy],
    [t('cli.column.id'), device.id],
  ]);
}
