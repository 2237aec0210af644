import { findByName } from '../../../domain/foldedName.ts';
import type { Account, Model } from '../../../domain/model.ts';
import { ok } from '../../../shared/result.ts';
import { readAccount, secretsAfter } from '../accountFields.ts';
import type { Handlers } from '../handler.ts';
import { inUse, nameTaken, required } from '../refusals.ts';

export const accountHandlers: Handlers<'addAccount' | 'updateAccount' | 'removeAccount'> = {
  /** The secrets are in the vault before anybody can see the account. */
  addAccount: async (given, { store, vault, ids, clock, log }) => {
    const secrets = secretsAfter(given, null);
    if (!secrets.ok) return secrets;
    const fields = await readAccount(given, secrets.value);
    if (!fields.ok) return fields;
    if (isTaken(store.model, fields.value.name, null)) return nameTaken('account', fields.value.name);
    const account: Account = { id: ids.entityId('acc'), ...fields.value, createdAt: clock.now() };
    const kept = await vault.put(account.id, secrets.value);
    if (!kept.ok) return kept;
    const saved = await store.commit((draft) =>
      isTaken(draft, account.name, null)
        ? nameTaken('account', account.name)
        : ok({ changes: [{ collection: 'accounts', put: [account], removed: [] }], value: { account } }),
    );
    if (!saved.ok) {
      const removed = await vault.remove(account.id);
      if (!removed.ok) log.error(`secrets of an account that was refused stay: ${removed.failure.code}`);
    }
    return saved;
  },

  updateAccount: async ({ id, ...given }, { store, vault }) => {
    const before = required(store.model.accounts, id, 'account');
    if (!before.ok) return before;
    const secrets = secretsAfter(given, { vault, id });
    if (!secrets.ok) return secrets;
    const fields = await readAccount(given, secrets.value);
    if (!fields.ok) return fields;
    if (isTaken(store.model, fields.value.name, id)) return nameTaken('account', fields.value.name);
    const kept = await vault.put(id, secrets.value);
    if (!kept.ok) return kept;
    return store.commit((draft) => {
      const present = required(draft.accounts, id, 'account');
      if (!present.ok) return present;
      if (isTaken(draft, fields.value.name, id)) return nameTaken('account', fields.value.name);
      const account: Account = { ...present.value, ...fields.value };
      return ok({ changes: [{ collection: 'accounts', put: [account], removed: [] }], value: { account } });
    });
  },

  removeAccount: async ({ id }, { store, vault }) => {
    const removed = await store.commit((draft) => {
      const account = required(draft.accounts, id, 'account');
      if (!account.ok) return account;
      for (const task of draft.tasks.values()) {
        if (task.settings.accountIds.includes(id)) return inUse('account', account.value.name, task.name);
      }
      const devices = Array.from(draft.devices.values())
        .filter((device) => device.lastAccountId === id)
        .map((device) => ({ ...device, lastAccountId: null }));
      return ok({
        changes: [
          { collection: 'accounts', put: [], removed: [id] },
          ...(devices.length > 0 ? [{ collection: 'devices' as const, put: devices, removed: [] }] : []),
        ],
        value: {},
      });
    });
    if (!removed.ok) return removed;
    const forgotten = await vault.remove(id);
    return forgotten.ok ? removed : forgotten;
  },
};

function isTaken(model: Model, name: string, exceptId: string | null): boolean {
  const found = findByName(model.accounts.values(), name);
  return found !== undefined && found.id !== exceptId;
}
