import type { Duplex } from 'node:stream';
import { failed, type Outcome } from '../../../domain/failure.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { AccountWithSecrets, HostTrust, SeenHostKey } from '../../deliveryMethod.ts';
import { connectClient } from './connect.ts';
import { type Credential, credentialOf } from './credential.ts';
import { inHandshakePace } from './handshakePace.ts';
import { type KnownKeys, knownKeysOf } from './hostTrust.ts';
import { readKnownHosts } from './knownHostsFiles.ts';
import type { Line } from './line.ts';

/** How long the steps of a login may take. */
export interface LoginLimits {
  readonly dialTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
}
export const usualLimits: LoginLimits = { dialTimeoutMs: 10_000, handshakeTimeoutMs: 20_000 };

/** Opens the byte stream to the host: a socket, or a channel of its jump host. */
export type OpenStream = () => Promise<Outcome<Duplex>>;

export interface LoginRequest {
  readonly address: string;
  readonly port: number;
  readonly user: string | null;
  /** In the order of trying, without those that were refused before (B50). */
  readonly accounts: readonly AccountWithSecrets[];
  /**
   * The host has let these accounts in before. Then a line that breaks before the verdict says nothing about the
   * password: pam_nologin(8) hangs up like that while a device goes down or comes up.
   */
  readonly isProven?: boolean;
  readonly trust: HostTrust;
  readonly limits: LoginLimits;
  readonly signal: AbortSignal;
  openStream: OpenStream;
  onHostKey(key: SeenHostKey): Promise<void>;
  onAccount(accountId: string, isAccepted: boolean): void;
}

export interface Login extends Line {
  readonly account: AccountWithSecrets;
  readonly user: string;
}

/**
 * Logs in with the first account that the host takes. Accounts of one user share a connection: the protocol
 * has no change of user (RFC 4252, 5), and each connection without a login counts at a penalising sshd.
 */
export async function logIn(request: LoginRequest): Promise<Outcome<Login>> {
  const { address, port, trust } = request;
  if (request.accounts.length === 0) return failed('account.none', { address }, { stage: 'connect' });
  const readable = readableCredentials(request);
  if (!readable.ok) return readable;
  const known = knownKeysOf(address, port, trust, await readKnownHosts(trust.knownHostsFiles));

  let waiting: readonly Credential[] = readable.value;
  while (waiting.length > 0) {
    const user = waiting[0]?.user;
    const group = waiting.slice(
      0,
      firstIndex(waiting, (one) => one.user !== user),
    );
    const later = waiting.slice(group.length);
    const result = await connectOnce(request, known, group);
    if (!result.ok) return result;
    if (result.value.kind === 'login') return ok(result.value.login);
    const { remaining } = result.value;
    // A host that refuses before anything was shown to it does so again.
    if (remaining.length === group.length) break;
    waiting = [...remaining, ...later];
  }
  const accounts = request.accounts.map((one) => one.account.name).join(', ');
  return failed('account.refused', { address, port, accounts }, { stage: 'connect' });
}

function firstIndex<T>(list: readonly T[], test: (one: T) => boolean): number {
  const index = list.findIndex(test);
  return index === -1 ? list.length : index;
}

/** A key that cannot be opened is no reason to give up while another account is there. */
function readableCredentials(request: LoginRequest): Outcome<Credential[]> {
  const all = request.accounts.map((account) => credentialOf(account, request.user));
  const readable = all.flatMap((one) => (one.ok ? [one.value] : []));
  const firstFailure = all.find((one) => !one.ok);
  return readable.length === 0 && firstFailure ? firstFailure : ok(readable);
}

type Turn =
  | { readonly kind: 'login'; readonly login: Login }
  | { readonly kind: 'refused'; readonly remaining: readonly Credential[] };

async function connectOnce(
  request: LoginRequest,
  known: KnownKeys,
  credentials: readonly Credential[],
): Promise<Outcome<Turn>> {
  const stream = await request.openStream();
  if (!stream.ok) return stream;
  const result = await inHandshakePace(() =>
    connectClient({
      address: request.address,
      port: request.port,
      stream: stream.value,
      known,
      credentials,
      handshakeTimeoutMs: request.limits.handshakeTimeoutMs,
      signal: request.signal,
      onHostKey: request.onHostKey,
      onVerdict: (credential, verdict) => {
        // What the host does not take at all was not tried: it is no refusal of the account.
        if (verdict !== 'notOffered') request.onAccount(credential.accountId, verdict === 'accepted');
      },
    }),
  );
  if (result.ok) {
    const account = request.accounts.find((one) => one.account.id === result.credential.accountId);
    if (account === undefined) throw new Error('logged in with an account that was not given');
    const { client, closed, credential } = result;
    return ok({
      kind: 'login',
      login: { client, closed, address: request.address, account, user: credential.user },
    });
  }
  if (result.isAuthRefusal) return ok({ kind: 'refused', remaining: result.remaining });
  const mayBeWrong = result.isPasswordInFlight && request.isProven !== true;
  return fail(mayBeWrong ? { ...result.failure, isRetryable: false } : result.failure);
}
