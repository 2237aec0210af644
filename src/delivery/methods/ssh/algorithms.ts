import type { Algorithms } from 'ssh2';

/**
 * What is offered to a device. AES-GCM first: it is fast and not touched by Terrapin (CVE-2023-48795). SHA-1
 * (ssh-rsa signatures, hmac-sha1) and the *-etm MACs with CBC are left out; compression costs more than it saves.
 */
export const offeredAlgorithms = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
  ],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} as const satisfies Algorithms;

type HostKeyAlgorithm =
  | 'ssh-ed25519'
  | 'ecdsa-sha2-nistp256'
  | 'ecdsa-sha2-nistp384'
  | 'ecdsa-sha2-nistp521'
  | 'rsa-sha2-512'
  | 'rsa-sha2-256';

/** Signature algorithms by the type of host key they belong to, in the order of preference. */
const algorithmsOfKeyType: Readonly<Record<string, readonly HostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/**
 * Host key algorithms with the known types first, so that a device with several keys shows the one that is
 * known and not merely another (ssh_config(5), HostKeyAlgorithms).
 */
export function hostKeyAlgorithms(knownTypes: ReadonlySet<string>): HostKeyAlgorithm[] {
  const types = Object.keys(algorithmsOfKeyType);
  const ordered = [
    ...types.filter((type) => knownTypes.has(type)),
    ...types.filter((type) => !knownTypes.has(type)),
  ];
  return ordered.flatMap((type) => algorithmsOfKeyType[type] ?? []);
}
