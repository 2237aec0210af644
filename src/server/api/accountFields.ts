import { failed, type Outcome } from '../../domain/failure.ts';
import type { Account } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { secretFields } from '../engine/accountSecrets.ts';
import type { Vault } from '../store/vault.ts';
import type { ParsedParams } from './handler.ts';
import { invalid, nameProblem } from './refusals.ts';

export type GivenAccount = ParsedParams<'addAccount'>;
export type Secrets = Readonly<Record<(typeof secretFields)[number], string | null>>;

/** Which secrets each kind of account has; the others are removed when the kind changes. */
const secretsOfKind: Record<Account['kind'], readonly (typeof secretFields)[number][]> = {
  password: ['password', 'becomePassword'],
  key: ['privateKey', 'passphrase', 'becomePassword'],
  agent: ['becomePassword'],
};

/** All secrets as they will be: a given one, else the stored one (`before`), of this kind only. */
export function secretsAfter(
  given: GivenAccount,
  before: { vault: Vault; id: string } | null,
): Outcome<Secrets> {
  const secrets: Record<string, string | null> = {};
  for (const field of secretFields) {
    secrets[field] = null;
    if (!secretsOfKind[given.kind].includes(field)) continue;
    const stored = before === null ? ok(null) : before.vault.get(before.id, field);
    if (!stored.ok) return stored;
    secrets[field] = given[field] ?? stored.value;
  }
  return ok(secrets as Secrets);
}

/** The account's public part, or what is wrong with it. Reads the key, so that a bad one is refused here (B53). */
export async function readAccount(
  given: GivenAccount,
  secrets: Secrets,
): Promise<Outcome<Omit<Account, 'id' | 'createdAt'>>> {
  const nameIssue = nameProblem(given.name);
  if (nameIssue !== null) return invalid('name', nameIssue);
  const userIssue = nameProblem(given.user) ?? (given.user.startsWith('-') ? 'noLeadingDash' : null);
  if (userIssue !== null) return invalid('user', userIssue);
  if (given.kind === 'password' && !secrets.password) return invalid('password', 'password');
  if (given.kind === 'agent' && !given.agentSocket?.startsWith('/'))
    return invalid('agentSocket', 'absolutePath');
  if (given.agentSocket !== null && nameProblem(given.agentSocket) !== null)
    return invalid('agentSocket', 'absolutePath');
  const fingerprint = given.kind === 'key' ? await fingerprintOf(given, secrets) : ok(null);
  if (!fingerprint.ok) return fingerprint;
  return ok({
    name: given.name.trim(),
    kind: given.kind,
    user: given.user.trim(),
    become: given.become,
    hasPassword: secrets.password !== null,
    hasPassphrase: secrets.passphrase !== null,
    hasBecomePassword: secrets.becomePassword !== null,
    keyFingerprint: fingerprint.value,
    agentSocket: given.kind === 'agent' ? given.agentSocket : null,
  });
}

/** ssh2 is loaded only by a server that is given a key. */
async function fingerprintOf(given: GivenAccount, secrets: Secrets): Promise<Outcome<string>> {
  if (!secrets.privateKey) return invalid('privateKey', 'privateKey');
  const { checkKeyPair, readPrivateKey } = await import('../../delivery/methods/ssh/privateKey.ts');
  const key = readPrivateKey(secrets.privateKey, secrets.passphrase);
  if (!key.ok) return failed(key.failure.code, key.failure.params);
  if (given.publicKey !== null && given.publicKey.trim() !== '') {
    const pair = checkKeyPair(key.value, given.publicKey);
    if (!pair.ok) return pair;
  }
  return ok(key.value.fingerprint);
}
