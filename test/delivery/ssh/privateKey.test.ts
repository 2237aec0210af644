import { spawnSync } from 'node:child_process';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkKeyPair, readPrivateKey } from '../../../src/delivery/methods/ssh/privateKey.ts';
import { newTemporaryFolder, sshKeygen } from '../realSshd.ts';

const hasTools = ['ssh-keygen', 'openssl'].every((tool) => spawnSync(tool, ['version']).error === undefined);
const passphrase = 'correct horse';

describe.skipIf(!hasTools)('private keys of every form', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await newTemporaryFolder();
    for (const [type, bits] of [
      ['rsa', '2048'],
      ['ecdsa', '256'],
      ['ecdsa', '384'],
      ['ecdsa', '521'],
      ['ed25519', ''],
    ]) {
      const path = join(folder, `${type}${type === 'ecdsa' ? bits : ''}`);
      sshKeygen('-q', '-t', type!, ...(bits ? ['-b', bits] : []), '-N', '', '-C', 'x', '-f', path);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const kinds = ['rsa', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'ed25519'] as const;
  /** The key in another form, made by OpenSSH's or OpenSSL's own tool. */
  const forms: Record<string, (kind: string, word: string) => Promise<string>> = {
    OPENSSH: (kind, word) => converted(kind, ['-p', '-P', '', '-N', word]),
    PEM: (kind, word) => converted(kind, ['-p', '-m', 'PEM', '-P', '', '-N', word]),
    PKCS8: (kind, word) => converted(kind, ['-p', '-m', 'PKCS8', '-P', '', '-N', word]),
  };
  async function converted(kind: string, args: string[]): Promise<string> {
    const path = join(folder, `copy-${kind}`);
    await copyFile(join(folder, kind), path);
    sshKeygen(...args, '-f', path);
    return readFile(path, 'utf8');
  }
  const fingerprint = (kind: string) => sshKeygen('-l', '-f', join(folder, `${kind}.pub`)).split(' ')[1];

  const cases = kinds.flatMap((kind) =>
    Object.keys(forms).flatMap((form) => ['', passphrase].map((word) => ({ kind, form, word }))),
  );

  it.each(cases)('reads $kind as $form with passphrase "$word"', async ({ kind, form, word }) => {
    const text = await forms[form]!(kind, word);
    const key = readPrivateKey(text, word === '' ? null : word);
    if (!key.ok) throw new Error(key.failure.code);
    expect(key.value.fingerprint).toBe(fingerprint(kind));
    expect(key.value.parsed.isPrivateKey()).toBe(true);
    const publicKey = await readFile(join(folder, `${kind}.pub`), 'utf8');
    expect(checkKeyPair(key.value, publicKey)).toEqual({ ok: true, value: null });
    const data = Buffer.from('signed');
    const signature = key.value.parsed.sign(data, kind === 'rsa' ? 'sha512' : undefined);
    expect(key.value.parsed.verify(data, signature as Buffer, kind === 'rsa' ? 'sha512' : undefined)).toBe(
      true,
    );
  });

  it('reads an Ed25519 key as openssl writes it', async () => {
    const made = spawnSync('openssl', ['genpkey', '-algorithm', 'ed25519'], { encoding: 'utf8' });
    const key = readPrivateKey(made.stdout, null);
    expect(key.ok && key.value.type).toBe('ssh-ed25519');
  });

  it.each(cases.filter(({ word }) => word !== ''))(
    'says what is wrong with the passphrase of $kind as $form',
    async ({ kind, form, word }) => {
      const text = await forms[form]!(kind, word);
      expect(readPrivateKey(text, 'wrong')).toMatchObject({ failure: { code: 'key.passphraseWrong' } });
      expect(readPrivateKey(text, null)).toMatchObject({ failure: { code: 'key.passphraseMissing' } });
      expect(readPrivateKey(text, '')).toMatchObject({ failure: { code: 'key.passphraseMissing' } });
    },
  );

  it('says what is no private key', async () => {
    const publicKey = await readFile(join(folder, 'rsa.pub'), 'utf8');
    expect(readPrivateKey(publicKey, null)).toMatchObject({ failure: { code: 'key.publicGivenAsPrivate' } });
    expect(readPrivateKey('hello', null)).toMatchObject({ failure: { code: 'key.unreadable' } });
    expect(
      readPrivateKey('-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', null),
    ).toMatchObject({ failure: { code: 'key.unreadable' } });
    const dsa = spawnSync('openssl', ['genpkey', '-algorithm', 'X25519'], { encoding: 'utf8' }).stdout;
    expect(readPrivateKey(dsa, null)).toMatchObject({ failure: { code: 'key.unsupported' } });
  });

  it('reads a key with the line ends and indentation of a pasted one', async () => {
    const text = await readFile(join(folder, 'ed25519'), 'utf8');
    const pasted = text
      .split('\n')
      .map((line) => `   ${line}\r`)
      .join('\n');
    expect(readPrivateKey(pasted, null)).toMatchObject({ ok: true });
  });

  it('knows a pair that does not belong together', async () => {
    const key = readPrivateKey(await readFile(join(folder, 'rsa'), 'utf8'), null);
    if (!key.ok) throw new Error(key.failure.code);
    const other = await readFile(join(folder, 'ed25519.pub'), 'utf8');
    expect(checkKeyPair(key.value, other)).toMatchObject({ failure: { code: 'key.pairMismatch' } });
  });

  it('refuses an OPENSSH key under a cipher that it does not have, by name', async () => {
    const text = await converted('ed25519', [
      '-p',
      '-Z',
      'chacha20-poly1305@openssh.com',
      '-P',
      '',
      '-N',
      'abcdef',
    ]);
    expect(readPrivateKey(text, 'abcdef')).toMatchObject({
      failure: { code: 'key.unsupported', params: { keyType: 'chacha20-poly1305@openssh.com' } },
    });
  });
});
