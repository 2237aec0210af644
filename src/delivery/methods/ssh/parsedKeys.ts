import { createHash } from 'node:crypto';
import type { Outcome } from '../../../domain/failure.ts';
import type { AccountWithSecrets } from '../../deliveryMethod.ts';
import { type PrivateKey, readPrivateKey } from './privateKey.ts';

/** Keys by account and content: bcrypt blocks the event loop, so each key is opened once per worker. */
const opened = new Map<string, Outcome<PrivateKey>>();
const mostOpened = 256;

/** The account's private key, opened once; the account has one (kind `key`). */
export function accountKey(account: AccountWithSecrets): Outcome<PrivateKey> {
  const text = account.privateKey ?? '';
  const digest = createHash('sha256')
    .update(JSON.stringify([text, account.passphrase]))
    .digest('base64');
  const known = opened.get(`${account.account.id} ${digest}`);
  if (known !== undefined) return known;
  const key = readPrivateKey(text, account.passphrase);
  if (opened.size >= mostOpened) opened.clear();
  opened.set(`${account.account.id} ${digest}`, key);
  return key;
}
