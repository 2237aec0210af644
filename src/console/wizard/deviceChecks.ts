import { accountOrder } from '../../domain/accountOrder.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Account, Device } from '../../domain/model.ts';
import type { ReadinessRow } from '../../protocol/answers.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

/** Devices that are asked beside the wizard: its windows stay usable, and it can be stopped. */
export interface DeviceCheck<Row extends ReadinessRow = ReadinessRow> {
  /** Tells this check's answers from those of one that was stopped. */
  readonly number: number;
  readonly isRunning: boolean;
  readonly total: number;
  readonly rows: readonly Row[];
  /** Why nothing could be asked. */
  readonly failure: Failure | null;
}

export const begunCheck = (before: DeviceCheck | null, total: number): DeviceCheck<never> => ({
  number: (before?.number ?? 0) + 1,
  isRunning: true,
  total,
  rows: [],
  failure: null,
});

export const stopped = <C extends DeviceCheck>(check: C): C => ({ ...check, isRunning: false });

/** B50: accounts whose password a device has refused in this wizard. An account that is edited is another one. */
export type SpentAccounts = ReadonlyMap<string, Account>;

const keyOf = (deviceId: string, accountId: string): string => `${deviceId} ${accountId}`;
const refusals: ReadonlySet<string> = new Set([
  'account.refused',
  'become.refused',
  'become.passwordInFlight',
]);

/** The accounts that a row says were shown to the device in vain. */
function refusedIn(
  row: ReadinessRow,
  tried: readonly string[],
  device: Pick<Device, 'lastAccountId'>,
): string[] {
  const order = accountOrder(tried, device);
  if (row.failure !== null && refusals.has(row.failure.code)) return order;
  return row.accountId === null ? [] : order.slice(0, order.indexOf(row.accountId));
}

/** What was refused so far, with what these rows add. */
export function spentAfter(
  spent: SpentAccounts,
  rows: readonly ReadinessRow[],
  tried: readonly string[],
  { model }: WizardContext,
): SpentAccounts {
  const added = rows.flatMap((row) =>
    refusedIn(row, tried, model.devices.get(row.deviceId) ?? { lastAccountId: null }).flatMap(
      (id): readonly (readonly [string, Account])[] => {
        const account = model.accounts.get(id);
        if (account === undefined || !(account.hasPassword || account.hasBecomePassword)) return [];
        return [[keyOf(row.deviceId, id), account]];
      },
    ),
  );
  return added.length === 0 ? spent : new Map([...spent, ...added]);
}

/** B50: accounts that are not shown to these devices again, by device. */
export function spentOn(
  state: WizardState,
  deviceIds: readonly string[],
  accountIds: readonly string[],
  { model }: WizardContext,
): Readonly<Record<string, readonly string[]>> {
  const isSpent = (deviceId: string, id: string): boolean => {
    const account = state.spentAccounts.get(keyOf(deviceId, id));
    return account !== undefined && account === model.accounts.get(id);
  };
  const entries = deviceIds.map(
    (deviceId) => [deviceId, accountIds.filter((id) => isSpent(deviceId, id))] as const,
  );
  return Object.fromEntries(entries.filter(([, ids]) => ids.length > 0));
}
