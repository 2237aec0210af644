const sshString = (value: Buffer | string): Buffer => {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** The public key's blob of RFC 8709. */
export const ed25519PublicBlob = (publicKey: Buffer): Buffer =>
  Buffer.concat([sshString('ssh-ed25519'), sshString(publicKey)]);

/**
 * An unencrypted `BEGIN OPENSSH PRIVATE KEY` file (OpenSSH's PROTOCOL.key) of an Ed25519 key: the only form in
 * which ssh2 reads one. Never written anywhere: it lives as long as the parse.
 */
export function ed25519OpenSshForm(seed: Buffer, publicKey: Buffer): string {
  const check = Buffer.alloc(8);
  const secret = Buffer.concat([
    check,
    sshString('ssh-ed25519'),
    sshString(publicKey),
    sshString(Buffer.concat([seed, publicKey])),
    sshString(''),
  ]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1));
  const one = Buffer.alloc(4);
  one.writeUInt32BE(1);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    one,
    sshString(ed25519PublicBlob(publicKey)),
    sshString(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

/** The cipher an OPENSSH-format file is encrypted with, `none` for an open one; null: not such a file. */
export function openSshCipher(text: string): string | null {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (body === undefined) return null;
  const bytes = Buffer.from(body, 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.length < magic.length + 4 || bytes.toString('latin1', 0, magic.length) !== magic) return null;
  const length = bytes.readUInt32BE(magic.length);
  return bytes.toString('latin1', magic.length + 4, magic.length + 4 + Math.min(length, 64));
}
