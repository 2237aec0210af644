import type { HostTrust, SeenHostKey } from '../../deliveryMethod.ts';
import { keyTypeOf, knownHostName, matchesHosts } from './knownHosts.ts';
import type { ReadKnownHosts } from './knownHostsFiles.ts';
import { fingerprintOf } from './privateKey.ts';

/** B100: everything that is known about one host's keys, before anything is said to it. */
export interface KnownKeys {
  /** Blobs in base64. */
  readonly trusted: ReadonlySet<string>;
  readonly revoked: ReadonlySet<string>;
  /** Key types of the trusted ones: offered first. */
  readonly types: ReadonlySet<string>;
  /** First contact may be accepted: policy acceptNew and every known_hosts file was read. */
  readonly isNewAccepted: boolean;
}

export function knownKeysOf(
  address: string,
  port: number,
  trust: HostTrust,
  knownHosts: ReadKnownHosts,
): KnownKeys {
  const name = knownHostName(address, port);
  const lines = knownHosts.lines.filter((line) => matchesHosts(line.hosts, name));
  const revoked = new Set(lines.filter((line) => line.marker === 'revoked').map((line) => line.key));
  const pins = trust.pins.filter(
    (pin) =>
      pin.state === 'trusted' && pin.port === port && pin.address.toLowerCase() === address.toLowerCase(),
  );
  const known = [...pins, ...lines.filter((line) => line.marker === 'none')].filter(
    (entry) => !revoked.has(entry.key),
  );
  return {
    trusted: new Set(known.map((entry) => entry.key)),
    revoked,
    types: new Set(known.map((entry) => entry.keyType)),
    isNewAccepted: trust.policy === 'acceptNew' && knownHosts.isComplete,
  };
}

export type HostKeyVerdict = 'trusted' | 'accepted' | 'unknown' | 'changed' | 'revoked';

/**
 * Pure and quick: ssh2 asks it inside the handshake, and again at each rekey. A host with known keys that shows
 * none of them is `changed`, also when the key is of another type: the known types were offered first.
 */
export function judgeHostKey(known: KnownKeys, blob: Buffer): HostKeyVerdict {
  const key = blob.toString('base64');
  if (known.revoked.has(key)) return 'revoked';
  if (known.trusted.has(key)) return 'trusted';
  if (known.trusted.size > 0) return 'changed';
  // Every key that was ever known is revoked: this is no first contact.
  if (known.revoked.size > 0) return 'unknown';
  return known.isNewAccepted ? 'accepted' : 'unknown';
}

/** The key as it is reported for review; null when there is nothing to review (trusted, revoked). */
export function seenHostKey(
  address: string,
  port: number,
  blob: Buffer,
  verdict: HostKeyVerdict,
): SeenHostKey | null {
  if (verdict === 'trusted' || verdict === 'revoked') return null;
  return {
    address,
    port,
    keyType: keyTypeOf(blob) ?? 'unknown',
    key: blob.toString('base64'),
    fingerprint: fingerprintOf(blob),
    verdict,
  };
}
