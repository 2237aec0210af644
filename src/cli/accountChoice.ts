import { failed, type Outcome } from '../domain/failure.ts';
import type { Account, Device, Targets, TaskSettings } from '../domain/model.ts';
import { ok } from '../shared/result.ts';
import { sanitiseLine } from '../shared/sanitise.ts';
import { groupWithBelow } from './lookup.ts';
import type { Server } from './onServer.ts';
import type { CommandContext } from './program/context.ts';

/** As many as a task takes. */
const mostAccounts = 32;

/** Accounts that nobody named, and why it is these. */
export interface AccountChoice {
  readonly accounts: readonly Account[];
  readonly reason: 'only' | 'remembered';
}

/**
 * B45, B50: the accounts where `--account` names none: the only one there is, or, when one is remembered for each of
 * the devices, those that worked last time, the most used first. Else it is refused: without an account nobody can
 * log in, and which of several is meant is not guessed, for each wrong one counts against a device's lockout.
 */
export function accountChoice(
  accounts: readonly Account[],
  devices: readonly Pick<Device, 'lastAccountId'>[],
): Outcome<AccountChoice> {
  if (accounts.length === 0) return failed('input.noAccount');
  if (accounts.length === 1) return ok({ accounts, reason: 'only' });
  const uses = new Map<string, number>();
  for (const { lastAccountId } of devices)
    uses.set(lastAccountId ?? '', (uses.get(lastAccountId ?? '') ?? 0) + 1);
  const remembered = accounts
    .filter(({ id }) => uses.has(id))
    .toSorted((a, b) => uses.get(b.id)! - uses.get(a.id)!);
  const isEach = devices.length > 0 && devices.every(({ lastAccountId }) => lastAccountId !== null);
  if (isEach && remembered.length > 0)
    return ok({ accounts: remembered.slice(0, mostAccounts), reason: 'remembered' });
  return failed('input.accountMissing', { names: accounts.map(({ name }) => name).join(', ') });
}

/** The same for a task's targets, as a change of its settings; says aloud which were chosen. */
export function accountsForTargets(
  { t, output }: CommandContext,
  { snapshot }: Server,
  targets: Targets,
): Outcome<Pick<TaskSettings, 'accountIds'>> {
  const { accounts, devices, groups } = snapshot.collections;
  const within = targets.kind === 'group' ? groupWithBelow(groups, targets.groupId) : null;
  const known = new Map(devices.map((device) => [device.id, device]));
  const targeted =
    targets.kind === 'group'
      ? devices.filter(({ groupId }) => groupId !== null && within?.has(groupId))
      : // One that this very command has added remembers nothing.
        targets.deviceIds.map((id) => known.get(id) ?? { lastAccountId: null });
  const chosen = accountChoice(accounts, targeted);
  if (!chosen.ok) return chosen;
  const names = chosen.value.accounts.map(({ name }) => sanitiseLine(name, 100)).join(', ');
  output.line(t(`cli.accounts.${chosen.value.reason}`, { names }));
  return ok({ accountIds: chosen.value.accounts.map(({ id }) => id) });
}
