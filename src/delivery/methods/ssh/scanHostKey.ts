import type { Duplex } from 'node:stream';
import type { Outcome } from '../../../domain/failure.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { HostTrust, SeenHostKey } from '../../deliveryMethod.ts';
import { connectClient } from './connect.ts';
import { inHandshakePace } from './handshakePace.ts';
import { knownKeysOf } from './hostTrust.ts';
import { readKnownHosts } from './knownHostsFiles.ts';
import type { LoginLimits } from './login.ts';

export interface HostKeyScan {
  readonly address: string;
  readonly port: number;
  readonly trust: HostTrust;
  readonly limits: LoginLimits;
  readonly signal: AbortSignal;
  openStream(): Promise<Outcome<Duplex>>;
  onHostKey(key: SeenHostKey): Promise<void>;
}

/** Reads a device's host key in one connection that ends before anybody logs in. Ok: the key is known. */
export async function scanHostKey(scan: HostKeyScan): Promise<Outcome<null>> {
  const { address, port, trust, signal } = scan;
  const known = knownKeysOf(address, port, trust, await readKnownHosts(trust.knownHostsFiles));
  const stream = await scan.openStream();
  if (!stream.ok) return stream;
  const result = await inHandshakePace(() =>
    connectClient({
      address,
      port,
      stream: stream.value,
      known,
      credentials: [],
      handshakeTimeoutMs: scan.limits.handshakeTimeoutMs,
      signal,
      onHostKey: scan.onHostKey,
      onVerdict: () => {},
    }),
  );
  if (result.ok) throw new Error('logged in without credentials');
  return result.hostKey === 'trusted' || result.hostKey === 'accepted' ? ok(null) : fail(result.failure);
}
