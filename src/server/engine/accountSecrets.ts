import type { AccountWithSecrets } from '../../delivery/deliveryMethod.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { Model } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { Vault } from '../store/vault.ts';

export const secretFields = ['password', 'privateKey', 'passphrase', 'becomePassword'] as const;

/** Accounts with their secrets in clear, for an order only. An account that is gone is left out. */
export function accountsWithSecrets(
  model: Model,
  vault: Vault,
  accountIds: readonly string[],
): Outcome<AccountWithSecrets[]> {
  const accounts: AccountWithSecrets[] = [];
  for (const id of accountIds) {
    const account = model.accounts.get(id);
    if (!account) continue;
    const secrets: Record<string, string | null> = {};
    for (const field of secretFields) {
      const secret = vault.get(id, field);
      if (!secret.ok) return secret;
      secrets[field] = secret.value;
    }
    accounts.push({
      account,
      password: secrets.password ?? null,
      privateKey: secrets.privateKey ?? null,
      passphrase: secrets.passphrase ?? null,
      becomePassword: secrets.becomePassword ?? null,
    });
  }
  return ok(accounts);
}
