import type { ParsedKey } from 'ssh2';
import type { Outcome } from '../../../domain/failure.ts';
import { ok } from '../../../shared/result.ts';
import type { AccountWithSecrets } from '../../deliveryMethod.ts';
import { accountKey } from './parsedKeys.ts';

/** What an account shows to a device. */
export type Credential = { readonly accountId: string; readonly user: string } & (
  | { readonly kind: 'key'; readonly key: ParsedKey }
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'agent'; readonly socket: string }
);

/** @param deviceUser the login name of an imported inventory: it goes before the account's own. */
export function credentialOf(from: AccountWithSecrets, deviceUser: string | null): Outcome<Credential> {
  const who = { accountId: from.account.id, user: deviceUser ?? from.account.user };
  switch (from.account.kind) {
    case 'password':
      return ok({ ...who, kind: 'password', password: from.password ?? '' });
    case 'agent':
      return ok({ ...who, kind: 'agent', socket: from.account.agentSocket ?? '' });
    case 'key': {
      const key = accountKey(from);
      return key.ok ? ok({ ...who, kind: 'key', key: key.value.parsed }) : key;
    }
  }
}
