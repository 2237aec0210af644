import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { VaultKey } from './vaultKey.ts';

/** One secret: nonce, tag and ciphertext in base64, bound to its record, field and revision. */
const sealedSchema = z.object({ revision: z.int().min(1), sealed: z.base64() });
export type Sealed = z.infer<typeof sealedSchema>;

export const vaultFileSchema = z.object({
  version: z.literal(1),
  keyId: z.string(),
  /** Counts up with every write, so that no two secrets ever share a revision. */
  revision: z.int().min(0),
  records: z.record(z.string(), z.record(z.string(), sealedSchema)),
  /** HMAC-SHA-256 over revision and index: an older secret cannot be put back, nor one be taken out. */
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type VaultFile = z.infer<typeof vaultFileSchema>;
export type VaultRecords = VaultFile['records'];

const nonceLength = 12;
const tagLength = 16;

const boundTo = (recordId: string, field: string, revision: number): Buffer =>
  Buffer.from(JSON.stringify([recordId, field, revision]));

export function seal(
  key: VaultKey,
  recordId: string,
  field: string,
  revision: number,
  secret: string,
): Sealed {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key.encryption, nonce);
  cipher.setAAD(boundTo(recordId, field, revision));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return { revision, sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') };
}

/** The secret, or null if it is not the one that was sealed for this place. */
export function unseal(
  key: VaultKey,
  recordId: string,
  field: string,
  { revision, sealed }: Sealed,
): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceLength + tagLength || bytes.toString('base64') !== sealed) return null;
  const decipher = createDecipheriv('aes-256-gcm', key.encryption, bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(boundTo(recordId, field, revision));
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
  try {
    const text = decipher.update(bytes.subarray(nonceLength + tagLength));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

const sorted = <V>(entries: Readonly<Record<string, V>>): [string, V][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

/** What the file's mac has to be. */
export function macOf(key: VaultKey, revision: number, records: VaultRecords): Buffer {
  const index = sorted(records).map(([id, fields]) => [
    id,
    sorted(fields).map(([field, sealed]) => [field, sealed.revision]),
  ]);
  return createHmac('sha256', key.authentication)
    .update(JSON.stringify([revision, index]))
    .digest();
}

export const isAuthentic = (key: VaultKey, { revision, records, mac }: VaultFile): boolean =>
  timingSafeEqual(macOf(key, revision, records), Buffer.from(mac, 'hex'));
