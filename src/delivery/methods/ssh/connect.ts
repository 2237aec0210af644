import type { Duplex } from 'node:stream';
import { Client, type ConnectConfig } from 'ssh2';
import { type Failure, failure } from '../../../domain/failure.ts';
import type { SeenHostKey } from '../../deliveryMethod.ts';
import { hostKeyAlgorithms, offeredAlgorithms } from './algorithms.ts';
import { type CredentialVerdict, createAuthDialogue } from './authDialogue.ts';
import { connectFailure } from './connectFailure.ts';
import type { Credential } from './credential.ts';
import { type HostKeyVerdict, judgeHostKey, type KnownKeys, seenHostKey } from './hostTrust.ts';
import { fingerprintOf } from './privateKey.ts';

/** What a handshake that did not become a login ended with. */
export interface ConnectRefusal {
  readonly ok: false;
  readonly failure: Failure;
  /** Credentials that the server has not seen: to be tried on another connection. */
  readonly remaining: readonly Credential[];
  /** True when every credential shown was judged: the connection did its work, only nobody was let in. */
  readonly isAuthRefusal: boolean;
  /** A password was sent and never judged: another try could be the second wrong guess (B50). */
  readonly isPasswordInFlight: boolean;
  /** What was thought of the host key; null: the handshake did not get that far. */
  readonly hostKey: HostKeyVerdict | null;
}

export interface Connected {
  readonly ok: true;
  readonly client: Client;
  readonly credential: Credential;
  /** Aborted when the connection has ended, for whatever reason. */
  readonly closed: AbortSignal;
}

export interface ConnectRequest {
  readonly address: string;
  readonly port: number;
  /** A connected socket, or a jump host's channel. */
  readonly stream: Duplex;
  readonly known: KnownKeys;
  /** Of one user, in the order of trying; none: only the host key is read, and nothing is sent. */
  readonly credentials: readonly Credential[];
  readonly handshakeTimeoutMs: number;
  readonly signal: AbortSignal;
  onHostKey(key: SeenHostKey): Promise<void>;
  onVerdict(credential: Credential, verdict: CredentialVerdict): void;
}

/** RSA of 16,384 bits, the longest that OpenSSH makes, has 2,071; more could not be stored. */
const mostHostKeyBytes = 3072;

const refusedHostKey: Partial<
  Record<HostKeyVerdict, 'hostKey.unknown' | 'hostKey.changed' | 'hostKey.revoked'>
> = { unknown: 'hostKey.unknown', changed: 'hostKey.changed', revoked: 'hostKey.revoked' };

/**
 * One SSH handshake and login over an open stream. Settles once: ready, an error, the close or the time-out,
 * whichever is first (a server's end need not come with any error).
 */
export function connectClient(request: ConnectRequest): Promise<Connected | ConnectRefusal> {
  const { address, port, stream, known, signal } = request;
  const client = new Client();
  const closed = new AbortController();
  let greeting = '';
  let isIdentified = false;
  let shownKey: Buffer | null = null;
  let verdict: HostKeyVerdict = 'unknown';
  let keyStored: Promise<void> = Promise.resolve();
  let firstError: Error | null = null;

  const dialogue = createAuthDialogue(request.credentials, () => keyStored, request.onVerdict);

  const judge = (key: Buffer): boolean => {
    try {
      if (key.length > mostHostKeyBytes) return false;
      if (shownKey !== null) return shownKey.equals(key) && refusedHostKey[verdict] === undefined;
      shownKey = Buffer.from(key);
      verdict = judgeHostKey(known, shownKey);
      const seen = seenHostKey(address, port, shownKey, verdict);
      if (seen !== null) keyStored = request.onHostKey(seen);
      keyStored.catch(() => {});
      return refusedHostKey[verdict] === undefined && request.credentials.length > 0;
    } catch {
      return false;
    }
  };

  const hostKeyFailure = (): Failure | null => {
    const code = shownKey === null ? undefined : refusedHostKey[verdict];
    if (code === undefined || shownKey === null) return null;
    const [old] = known.trusted;
    return failure(
      code,
      {
        address,
        port,
        actual: fingerprintOf(shownKey),
        ...(old === undefined ? {} : { expected: fingerprintOf(Buffer.from(old, 'base64')) }),
      },
      { stage: 'connect' },
    );
  };

  return new Promise((resolve) => {
    let isSettled = false;
    const settle = (result: Connected | ConnectRefusal): void => {
      if (isSettled) return;
      isSettled = true;
      signal.removeEventListener('abort', onAbort);
      stream.off('data', onGreeting);
      if (!result.ok) {
        client.end();
        // A peer that never reads would keep the socket for ever.
        stream.destroy();
      }
      resolve(result);
    };
    const refuse = (): void => {
      const tooMany = /Too many authentication failures/.test(firstError?.message ?? '');
      if (tooMany) dialogue.hungUp();
      const isAuthRefusal =
        tooMany || (firstError as { level?: string } | null)?.level === 'client-authentication';
      const trouble = { address, port, error: firstError, greeting, isTcpConnected: true, isIdentified };
      settle({
        ok: false,
        isAuthRefusal,
        isPasswordInFlight: dialogue.inFlight()?.kind === 'password',
        remaining: dialogue.remaining(),
        hostKey: shownKey === null ? null : verdict,
        failure:
          hostKeyFailure() ??
          (isAuthRefusal
            ? failure('account.refused', { address, port }, { stage: 'connect' })
            : connectFailure(trouble)),
      });
    };
    const onAbort = (): void => refuse();
    const onGreeting = (chunk: Buffer): void => {
      if (isIdentified || greeting.length > 512) return;
      greeting += chunk.toString('latin1');
      isIdentified = /(^|\n)SSH-/.test(greeting);
      if (isIdentified) stream.off('data', onGreeting);
    };

    client.on('ready', () => {
      const credential = dialogue.succeeded();
      if (credential === null || signal.aborted) return refuse();
      settle({ ok: true, client, credential, closed: closed.signal });
    });
    // Stays for the connection's life: an error without a listener would end the worker.
    client.on('error', (error: Error & { level?: string }) => {
      // ssh2 goes on to the next credential after an agent's error.
      if (error.level === 'agent') return;
      firstError ??= error;
      refuse();
    });
    client.on('close', () => {
      refuse();
      closed.abort();
    });
    // An expired password: nobody is here to choose a new one.
    client.on('change password', () => {
      dialogue.hungUp();
      firstError = Object.assign(new Error('password expired'), { level: 'client-authentication' });
      refuse();
    });
    stream.on('data', onGreeting);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) return onAbort();

    const config: ConnectConfig = {
      host: address,
      port,
      sock: stream as ConnectConfig['sock'] & object,
      username: request.credentials[0]?.user ?? 'haifu',
      readyTimeout: request.handshakeTimeoutMs,
      // B4: 15 s x 8 is longer than 2 MiB of window take on the slowest line.
      keepaliveInterval: 15_000,
      keepaliveCountMax: 8,
      hostVerifier: (key: Buffer): boolean => judge(key) === true,
      algorithms: {
        ...mutable(offeredAlgorithms),
        serverHostKey: hostKeyAlgorithms(known.types),
      },
      authHandler: dialogue.handler as NonNullable<ConnectConfig['authHandler']>,
    };
    try {
      client.connect(config);
    } catch (error) {
      firstError = error as Error;
      refuse();
    }
  });
}

const mutable = (algorithms: typeof offeredAlgorithms) => ({
  kex: [...algorithms.kex],
  cipher: [...algorithms.cipher],
  hmac: [...algorithms.hmac],
  compress: [...algorithms.compress],
});
