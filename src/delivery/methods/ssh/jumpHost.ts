import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { type Failure, failed, failure, type Outcome } from '../../../domain/failure.ts';
import type { JumpHost } from '../../../domain/model.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { AccountWithSecrets, HostTrust, SeenHostKey } from '../../deliveryMethod.ts';
import { dial } from './dial.ts';
import { type Login, type LoginLimits, logIn } from './login.ts';

interface Shared {
  readonly login: Promise<Outcome<Login>>;
  users: number;
}
/** One connection a jump host, shared by the worker's devices behind it: a thousand would be refused. */
const shared = new Map<string, Shared>();
/** Lockout guard (B50) for the jump hosts themselves: `markOf` of what one has refused to this worker. */
const refusedBy = new Map<string, Set<string>>();

export interface JumpRequest {
  readonly jumpHost: JumpHost;
  readonly accounts: readonly AccountWithSecrets[];
  readonly trust: HostTrust;
  readonly limits: LoginLimits;
  onHostKey(key: SeenHostKey): Promise<void>;
}

/** A stream through the jump host (ssh_config(5), ProxyJump), whose own host key is verified as well. */
export async function openThroughJumpHost(
  request: JumpRequest,
  address: string,
  port: number,
): Promise<Outcome<Duplex>> {
  const host = request.jumpHost.address;
  const connection = takeConnection(request);
  const login = await connection.login;
  const release = (): void => {
    if (--connection.users > 0) return;
    if (shared.get(keyOf(request)) === connection) shared.delete(keyOf(request));
    if (login.ok) login.value.client.end();
  };
  if (!login.ok) {
    release();
    return fail(jumpFailure(host, login.failure));
  }
  return new Promise((resolve) => {
    const { client, closed } = login.value;
    let isSettled = false;
    const settle = (outcome: Outcome<Duplex>): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      closed.removeEventListener('abort', onClosed);
      if (!outcome.ok) release();
      resolve(outcome);
    };
    const refuse = (cause: string): void =>
      settle(
        failed(
          'device.jumpHostFailed',
          { jumpHost: host, address, cause },
          { stage: 'connect', isRetryable: true },
        ),
      );
    const onClosed = (): void => refuse('device.connectionLost');
    const timer = setTimeout(() => refuse('device.timedOut'), request.limits.dialTimeoutMs);
    closed.addEventListener('abort', onClosed, { once: true });
    if (closed.aborted) return onClosed();
    try {
      client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
        if (error) return refuse('device.unreachable');
        channel.on('error', () => {});
        // Too late: nobody waits for it any more.
        if (isSettled) return channel.close();
        channel.once('close', release);
        settle(ok(channel));
      });
    } catch {
      // ssh2 throws when the socket is gone already.
      onClosed();
    }
  });
}

/** The accounts in any order: devices put first the one that worked on them. */
const keyOf = ({ jumpHost, accounts }: JumpRequest): string => {
  const ids = accounts.map((one) => one.account.id).toSorted();
  return JSON.stringify([jumpHost.address, jumpHost.port, jumpHost.user, ids]);
};

/** An account with the secrets that it has now: a corrected password is another guess. */
const markOf = ({ account, password, privateKey, passphrase }: AccountWithSecrets): string =>
  createHash('sha256')
    .update(JSON.stringify([account.id, account.user, password, privateKey, passphrase]))
    .digest('base64');

function takeConnection(request: JumpRequest): Shared {
  const key = keyOf(request);
  const known = shared.get(key);
  if (known !== undefined) {
    known.users++;
    return known;
  }
  const made: Shared = { login: logInToJumpHost(request), users: 1 };
  shared.set(key, made);
  void made.login.then((login) => {
    const forget = (): void => {
      if (shared.get(key) === made) shared.delete(key);
    };
    if (!login.ok) forget();
    else login.value.closed.addEventListener('abort', forget, { once: true });
  });
  return made;
}

async function logInToJumpHost(request: JumpRequest): Promise<Outcome<Login>> {
  const { address, user } = request.jumpHost;
  const port = request.jumpHost.port ?? 22;
  const name = `${address} ${port}`;
  const refused = refusedBy.get(name) ?? new Set();
  refusedBy.set(name, refused);
  const accounts = request.accounts.filter((one) => !refused.has(markOf(one)));
  if (accounts.length === 0 && request.accounts.length > 0)
    return failed('account.lockoutGuard', { address }, { stage: 'connect' });
  // Not the device's signal: others share this connection.
  const { signal } = new AbortController();
  return logIn({
    address,
    port,
    user,
    accounts,
    trust: request.trust,
    limits: request.limits,
    signal,
    openStream: () => dial(address, port, request.limits.dialTimeoutMs, signal),
    onHostKey: request.onHostKey,
    onAccount: (accountId, isAccepted) => {
      const tried = accounts.find((one) => one.account.id === accountId);
      if (!isAccepted && tried !== undefined) refused.add(markOf(tried));
    },
  });
}

/** A host key to be reviewed is said as such; everything else is the jump host's failure. */
function jumpFailure(jumpHost: string, cause: Failure): Failure {
  if (cause.code.startsWith('hostKey.')) return cause;
  const { isRetryable } = cause;
  return failure('device.jumpHostFailed', { jumpHost, cause: cause.code }, { stage: 'connect', isRetryable });
}
