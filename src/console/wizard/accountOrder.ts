import type { Account, Model } from '../../domain/model.ts';
import type { WizardState } from './wizardState.ts';

/** Ids are random: without an order of the administrator's, accounts stand as they were made. */
const asMade = (a: Account, b: Account): number =>
  a.createdAt.localeCompare(b.createdAt) || a.name.localeCompare(b.name);

/** B50: every account, in the order of trying; one that was made meanwhile stands at the end. */
export function orderedAccounts(
  order: readonly string[],
  accounts: ReadonlyMap<string, Account>,
): readonly Account[] {
  const known = order.flatMap((id) => accounts.get(id) ?? []);
  const listed = new Set(order);
  const others = [...accounts.values()].filter((account) => !listed.has(account.id));
  return [...known, ...others.sort(asMade)];
}

/** The accounts of the task: those that are included, from top to bottom. */
export const includedAccounts = (state: WizardState, accounts: Model['accounts']): readonly Account[] =>
  orderedAccounts(state.accountOrder, accounts).filter(({ id }) => state.includedAccountIds.has(id));

/** One place up (-1) or down (1). */
export function movedAccount(
  order: readonly string[],
  accounts: ReadonlyMap<string, Account>,
  id: string,
  by: -1 | 1,
): readonly string[] {
  const ids = orderedAccounts(order, accounts).map((account) => account.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  return ids.with(from, ids[to]!).with(to, id);
}

/**
 * What is included at first: the accounts of the newest task, or the only one there is. Never all: each would
 * be shown to every device.
 */
export function initialAccountIds({ accounts, tasks }: Pick<Model, 'accounts' | 'tasks'>): readonly string[] {
  const newest = [...tasks.values()].reduce<{ number: number; ids: readonly string[] }>(
    (best, task) =>
      task.number > best.number ? { number: task.number, ids: task.settings.accountIds } : best,
    { number: 0, ids: [] },
  );
  const ids = newest.ids.filter((id) => accounts.has(id));
  return ids.length > 0 ? ids : accounts.size === 1 ? [...accounts.keys()] : [];
}
