import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';
import { failed, type Outcome } from '../../../domain/failure.ts';
import { ok } from '../../../shared/result.ts';
import { ed25519OpenSshForm, openSshCipher } from './openSshForm.ts';

export interface PrivateKey {
  readonly parsed: ParsedKey;
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256` … */
  readonly type: string;
  /** `SHA256:…` as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** `SHA256:…` of a public key's blob, as `ssh-keygen -l` prints it. */
export const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

/** ssh2 reads these; of the ones that OpenSSH can write, chacha20-poly1305 is missing. */
const readableCiphers = /^(none|aes(128|192|256)-(cbc|ctr)|aes(128|256)-gcm@openssh\.com|3des-cbc)$/;

const publicHead =
  /^\s*(ssh-|ecdsa-sha2-|sk-|-----BEGIN (RSA )?PUBLIC KEY|---- BEGIN SSH2 PUBLIC|-----BEGIN CERT)/;

/**
 * B53: a private key in PEM (PKCS#1, SEC1, PKCS#8, encrypted or not) or OPENSSH form. Slow for an encrypted
 * OPENSSH key (bcrypt, 0.3 to 0.9 s of CPU in one piece): parse once and keep the result.
 */
export function readPrivateKey(text: string, passphrase: string | null): Outcome<PrivateKey> {
  const tidy = text.replaceAll('\r\n', '\n').replace(/^[ \t]+/gm, '');
  if (publicHead.test(tidy)) return failed('key.publicGivenAsPrivate');
  if (tidy.includes('PuTTY-User-Key-File-')) return readWithSsh2(tidy, passphrase, 'PuTTY');
  const cipher = openSshCipher(tidy);
  if (cipher !== null) {
    if (!readableCiphers.test(cipher)) return failed('key.unsupported', { keyType: cipher });
    if (cipher !== 'none' && !passphrase) return failed('key.passphraseMissing');
    return readWithSsh2(tidy, passphrase, 'OPENSSH', cipher !== 'none');
  }
  if (!/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(tidy)) return failed('key.unreadable');
  return readPem(tidy, passphrase);
}

function readWithSsh2(
  text: string,
  passphrase: string | null,
  format: string,
  isEncrypted = false,
): Outcome<PrivateKey> {
  const parsed = ssh2.utils.parseKey(text, passphrase ?? undefined);
  if (!(parsed instanceof Error)) return ok(asPrivateKey(parsed));
  if (/Unsupported|not supported/.test(parsed.message)) return failed('key.unsupported', { keyType: format });
  if (isEncrypted) return failed('key.passphraseWrong');
  if (/no passphrase given/.test(parsed.message)) return failed('key.passphraseMissing');
  return format === 'PuTTY' ? failed('key.unsupported', { keyType: format }) : failed('key.unreadable');
}

/** node:crypto reads every PEM form, but not those whose inside is OpenSSH's own. */
function readPem(text: string, passphrase: string | null): Outcome<PrivateKey> {
  const isEncrypted = /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text);
  if (isEncrypted && !passphrase) return failed('key.passphraseMissing');
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, format: 'pem', ...(passphrase ? { passphrase } : {}) });
  } catch {
    return isEncrypted ? failed('key.passphraseWrong') : failed('key.unreadable');
  }
  const form = formForSsh2(key);
  if (form === null) return failed('key.unsupported', { keyType: describe(key) });
  return readWithSsh2(form, null, describe(key));
}

/** The form of an open key that ssh2 parses: PKCS#1, SEC1 or OPENSSH. Null: a kind that SSH does not have. */
function formForSsh2(key: KeyObject): string | null {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return key.export({ type: 'pkcs1', format: 'pem' }).toString().trim();
    case 'ec':
      return key.export({ type: 'sec1', format: 'pem' }).toString().trim();
    case 'ed25519': {
      const { d, x } = key.export({ format: 'jwk' });
      if (d === undefined || x === undefined) return null;
      return ed25519OpenSshForm(Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url'));
    }
    default:
      return null;
  }
}

const describe = (key: KeyObject): string =>
  `${key.asymmetricKeyType ?? '?'} ${key.asymmetricKeyDetails?.namedCurve ?? ''}`.trim();

function asPrivateKey(parsed: ParsedKey | ParsedKey[]): PrivateKey {
  const [key] = [parsed].flat();
  if (key === undefined) throw new Error('ssh2 parsed a key into nothing');
  return { parsed: key, type: key.type, fingerprint: fingerprintOf(key.getPublicSSH()) };
}

/** `key.pairMismatch` when the public key (one line, as in authorized_keys) is another pair's. */
export function checkKeyPair(privateKey: PrivateKey, publicKeyText: string): Outcome<null> {
  const parsed = ssh2.utils.parseKey(publicKeyText.trim());
  if (parsed instanceof Error) return failed('key.unreadable');
  const [publicKey] = [parsed].flat();
  const isSame = publicKey?.getPublicSSH().equals(privateKey.parsed.getPublicSSH()) ?? false;
  return isSame ? ok(null) : failed('key.pairMismatch');
}
