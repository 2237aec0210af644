import type { Failure, Outcome } from '../domain/failure.ts';
import { fail } from '../shared/result.ts';
import type { Vault } from './store/vault.ts';

/** Stands for a vault whose key is missing: the server serves, and what needs a secret says why it does not work. */
export function lockedVault(reason: Failure): Vault {
  const refused = fail(reason);
  const refuse = (): Promise<Outcome<void>> => Promise.resolve(refused);
  return { get: () => refused, put: refuse, remove: refuse };
}
