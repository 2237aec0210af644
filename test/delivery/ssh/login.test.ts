import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountWithSecrets, HostTrust } from '../../../src/delivery/deliveryMethod.ts';
import { dial } from '../../../src/delivery/methods/ssh/dial.ts';
import { type Login, logIn } from '../../../src/delivery/methods/ssh/login.ts';
import type { Outcome } from '../../../src/domain/failure.ts';
import { account } from '../attemptFixtures.ts';
import {
  freePort,
  newTemporaryFolder,
  type RealSshd,
  sshdProgram,
  sshKeygen,
  startRealSshd,
} from '../realSshd.ts';
import {
  type FakeSshServer,
  type FakeSshServerOptions,
  newHostKey,
  startFakeSshServer,
} from './fakeSshServer.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
const server = async (options: FakeSshServerOptions): Promise<FakeSshServer> => {
  const started = await startFakeSshServer(options);
  stops.push(started.stop);
  return started;
};

const anybody: HostTrust = { policy: 'acceptNew', pins: [], knownHostsFiles: [] };
const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();

/** What of ssh2's inside is needed to send a packet that it does not send. */
interface FakeProtocol {
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(length: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  readonly _cipher: { encrypt(packet: Buffer): void };
}

interface Tried {
  readonly login: Outcome<Login>;
  readonly verdicts: [string, boolean][];
  readonly hostKeys: string[];
}

async function tryLogin(
  port: number,
  accounts: readonly AccountWithSecrets[],
  { trust = anybody, handshakeTimeoutMs = 5000 }: { trust?: HostTrust; handshakeTimeoutMs?: number } = {},
): Promise<Tried> {
  const verdicts: [string, boolean][] = [];
  const hostKeys: string[] = [];
  const { signal } = new AbortController();
  const login = await logIn({
    address: '127.0.0.1',
    port,
    user: null,
    accounts,
    trust,
    limits: { dialTimeoutMs: 2000, handshakeTimeoutMs },
    signal,
    openStream: () => dial('127.0.0.1', port, 2000, signal),
    onHostKey: async (key) => void hostKeys.push(key.verdict),
    onAccount: (id, isAccepted) => void verdicts.push([id, isAccepted]),
  });
  if (login.ok) stops.push(async () => login.value.client.end());
  return { login, verdicts, hostKeys };
}

describe('accounts, from top to bottom', () => {
  it('shows each password once, and goes on to the next account', async () => {
    const { port, requests, connections } = await server({
      authenticate: (context) => {
        if (context.method === 'password' && context.password === 'right') context.accept();
        else context.reject(['password', 'keyboard-interactive', 'publickey']);
      },
    });
    const { login, verdicts } = await tryLogin(port, [
      account('a', 'alice', { password: 'wrong' }),
      account('b', 'alice', { password: 'right' }),
    ]);
    expect(login.ok && login.value.account.account.id).toBe('b');
    expect(requests).toEqual(['none alice', 'password alice wrong', 'password alice right']);
    expect(verdicts).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(connections).toHaveLength(1);
  });

  it('answers keyboard-interactive where passwords are not taken, with one guess', async () => {
    const answers: string[][] = [];
    const { port, requests } = await server({
      authenticate: (context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
        context.prompt([{ prompt: 'Password: ', echo: false }], (given) => {
          answers.push(given);
          context.prompt([{ prompt: 'Again: ', echo: false }], (second) => {
            answers.push(second);
            context.reject(['keyboard-interactive']);
          });
        });
      },
    });
    const { login, verdicts } = await tryLogin(port, [account('a', 'alice', { password: 'secret' })]);
    expect(login).toMatchObject({ ok: false, failure: { code: 'account.refused' } });
    expect(answers).toEqual([['secret'], ['']]);
    expect(requests).toEqual(['none alice', 'keyboard-interactive alice']);
    expect(verdicts).toEqual([['a', false]]);
  });

  it('sends no password to a server that takes keys only', async () => {
    const { port, requests } = await server({ authenticate: (context) => context.reject(['publickey']) });
    const { login, verdicts } = await tryLogin(port, [account('a', 'alice', { password: 'secret' })]);
    expect(login).toMatchObject({ failure: { code: 'account.refused' } });
    expect(requests).toEqual(['none alice']);
    expect(verdicts).toEqual([]);
  });

  it('uses a connection of its own for each user', async () => {
    const { port, connections, requests } = await server({
      authenticate: (context) =>
        context.username === 'bob' && context.method === 'password'
          ? context.accept()
          : context.reject(['password']),
    });
    const { login } = await tryLogin(port, [
      account('a', 'alice', { password: 'one' }),
      account('b', 'bob', { password: 'two' }),
    ]);
    expect(login.ok && login.value.user).toBe('bob');
    expect(connections).toHaveLength(2);
    expect(requests.filter((request) => request.startsWith('password'))).toEqual([
      'password alice one',
      'password bob two',
    ]);
  });

  it('does not send a password a second time after a line that broke before the verdict', async () => {
    const { port, requests } = await server({
      authenticate: (context, connection) => {
        if (context.method === 'password') connection.end();
        else context.reject(['password']);
      },
    });
    const { login, verdicts } = await tryLogin(port, [
      account('a', 'alice', { password: 'secret' }),
      account('b', 'alice', { password: 'other' }),
    ]);
    expect(login).toMatchObject({
      ok: false,
      failure: { code: 'device.connectionLost', isRetryable: false },
    });
    expect(requests).toEqual(['none alice', 'password alice secret']);
    expect(verdicts).toEqual([]);
  });

  it('does not come back again and again to a host that refuses before anything was shown', async () => {
    const words = 'Too many authentication failures';
    const { port, connections } = await server({
      authenticate: (_context, connection) => {
        if (connections.length > 3) return;
        // ssh2 itself sends no words with a disconnect (RFC 4253, 11.1).
        const { _packetRW, _cipher } = (connection as unknown as { _protocol: FakeProtocol })._protocol;
        const packet = _packetRW.write.alloc(13 + words.length);
        const at = _packetRW.write.allocStart;
        packet.writeUInt8(1, at);
        packet.writeUInt32BE(2, at + 1);
        packet.writeUInt32BE(words.length, at + 5);
        packet.write(words, at + 9);
        packet.writeUInt32BE(0, at + 9 + words.length);
        _cipher.encrypt(_packetRW.write.finalize(packet));
      },
    });
    const { login, verdicts } = await tryLogin(port, [account('a', 'alice', { password: 'secret' })]);
    expect(login).toMatchObject({ failure: { code: 'account.refused' } });
    expect(connections).toHaveLength(1);
    expect(verdicts).toEqual([]);
  });

  it('wants no new password for one that has expired', async () => {
    const { port } = await server({
      authenticate: (context) => {
        if (context.method === 'password') context.requestChange('Your password has expired', () => {});
        else context.reject(['password']);
      },
    });
    const { login, verdicts } = await tryLogin(port, [account('a', 'alice', { password: 'old' })]);
    expect(login).toMatchObject({ failure: { code: 'account.refused' } });
    expect(verdicts).toEqual([['a', false]]);
  });

  it('passes over a key that cannot be opened while another account is there', async () => {
    const { port } = await server({
      authenticate: (context) =>
        context.method === 'password' ? context.accept() : context.reject(['password']),
    });
    const locked = account('a', 'alice', {
      privateKey: '-----BEGIN RSA PRIVATE KEY-----\nx',
      passphrase: null,
    });
    const { login } = await tryLogin(port, [locked, account('b', 'alice', { password: 'right' })]);
    expect(login.ok && login.value.account.account.id).toBe('b');
    expect((await tryLogin(port, [locked])).login).toMatchObject({ failure: { code: 'key.unreadable' } });
  });
});

describe('host keys', () => {
  const known = newHostKey();
  const other = newHostKey();
  const pin = (port: number, key: typeof known) =>
    ({
      address: '127.0.0.1',
      port,
      keyType: key.publicKey.type,
      key: key.publicKey.base64,
      state: 'trusted',
    }) as const;
  const accepting: FakeSshServerOptions['authenticate'] = (context) => context.accept();
  const secret = [account('a', 'alice', { password: 'canary-7731' })];

  it.each([
    ['unknown', () => [], 'hostKey.unknown', ['unknown']],
    ['changed', (port: number) => [pin(port, other)], 'hostKey.changed', ['changed']],
  ])('%s: refused, and no credential is sent', async (_name, pins, code, hostKeys) => {
    const { port, requests } = await server({ hostKeys: [known.privateKey], authenticate: accepting });
    const tried = await tryLogin(port, secret, { trust: { ...anybody, policy: 'strict', pins: pins(port) } });
    expect(tried.login).toMatchObject({ ok: false, failure: { code } });
    expect(tried.hostKeys).toEqual(hostKeys);
    expect(requests).toEqual([]);
  });

  it('revoked or not to be looked up: refused under acceptNew, too', async () => {
    const { port, requests } = await server({ hostKeys: [known.privateKey], authenticate: accepting });
    const folder = await newTemporaryFolder();
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'known_hosts');
    await writeFile(file, `@revoked [127.0.0.1]:${port} ${known.publicKey.type} ${known.publicKey.base64}\n`);
    const revoked = await tryLogin(port, secret, { trust: { ...anybody, knownHostsFiles: [file] } });
    expect(revoked.login).toMatchObject({ failure: { code: 'hostKey.revoked' } });
    // A folder cannot be read as a file, not even by root.
    const unreadable = await tryLogin(port, secret, { trust: { ...anybody, knownHostsFiles: [folder] } });
    expect(unreadable.login).toMatchObject({ failure: { code: 'hostKey.unknown' } });
    expect(requests).toEqual([]);
  });

  it('pinned, in known_hosts, or first seen under acceptNew: let in', async () => {
    const { port } = await server({ hostKeys: [known.privateKey], authenticate: accepting });
    const pinned = await tryLogin(port, secret, {
      trust: { ...anybody, policy: 'strict', pins: [pin(port, known)] },
    });
    expect(pinned).toMatchObject({ login: { ok: true }, hostKeys: [] });
    expect(await tryLogin(port, secret)).toMatchObject({ login: { ok: true }, hostKeys: ['accepted'] });
  });
});

describe('what is no SSH server that lets us in', () => {
  async function tcpServer(onSocket: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const listening: TcpServer = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      onSocket(socket);
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    stops.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listening.close(resolve));
    });
    return (listening.address() as { port: number }).port;
  }
  const someone = [account('a', 'alice', { password: 'secret' })];

  it.each([
    ['says nothing', () => {}, 'device.noSshServer'],
    [
      'speaks HTTP',
      (socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'device.noSshServer',
    ],
    [
      'speaks HTTP and hangs up',
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad\r\n'),
      'device.noSshServer',
    ],
    ['hangs up', (socket: Socket) => socket.end(), 'device.connectionLost'],
    ['resets', (socket: Socket) => socket.resetAndDestroy(), 'device.connectionLost'],
    ['penalises', (socket: Socket) => socket.end('Not allowed at this time\r\n'), 'device.penalised'],
    ['has too many', (socket: Socket) => socket.end('Exceeded MaxStartups\r\n'), 'device.penalised'],
    ['stops after its name', (socket: Socket) => socket.write('SSH-2.0-x\r\n'), 'device.timedOut'],
    [
      'speaks garbage',
      (socket: Socket) => socket.write(`SSH-2.0-x\r\n${'\0'.repeat(5000)}`),
      'device.connectionLost',
    ],
  ])('%s', async (_name, onSocket, code) => {
    const port = await tcpServer(onSocket);
    const { login } = await tryLogin(port, someone, { handshakeTimeoutMs: 500 });
    expect(login).toMatchObject({ ok: false, failure: { code, stage: 'connect', isRetryable: true } });
  });

  it('nobody listens, and names nobody knows', async () => {
    const port = await freePort();
    expect((await tryLogin(port, someone)).login).toMatchObject({ failure: { code: 'device.refused' } });
    const { signal } = new AbortController();
    expect(await dial('no-such-host.invalid', 22, 5000, signal)).toMatchObject({
      failure: { code: 'device.nameNotResolved' },
    });
  });

  it('survives 150 handshakes that break at random places, and always answers', async () => {
    const hostKey = newHostKey().privateKey;
    const fake = await server({
      hostKeys: [hostKey],
      authenticate: (context) => context.reject(['password']),
    });
    const { connect } = await import('node:net');
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const port = await tcpServer((socket) => {
      const at = random(2500);
      const isCut = random(2) === 0;
      let passed = 0;
      const upstream = connect(fake.port, '127.0.0.1');
      upstream.on('error', () => {});
      socket.on('data', (chunk) => upstream.write(chunk));
      socket.on('close', () => upstream.destroy());
      upstream.on('close', () => socket.destroy());
      upstream.on('data', (chunk: Buffer) => {
        const bytes = Buffer.from(chunk);
        if (at >= passed && at < passed + bytes.length) {
          if (isCut) {
            socket.write(bytes.subarray(0, at - passed));
            socket.resetAndDestroy();
            return;
          }
          bytes[at - passed]! ^= 1 + random(255);
        }
        passed += bytes.length;
        socket.write(bytes);
      });
    });
    const results = await Promise.all(
      Array.from({ length: 150 }, () => tryLogin(port, someone, { handshakeTimeoutMs: 4000 })),
    );
    expect(results.every(({ login }) => !login.ok)).toBe(true);
  }, 60_000);
});

describe.skipIf(sshdProgram === null)('OpenSSH’s own server', () => {
  async function sshd(options: Parameters<typeof startRealSshd>[0] = {}): Promise<RealSshd> {
    const started = await startRealSshd(options);
    stops.push(started.stop);
    return started;
  }
  const withKey = async (started: RealSshd, id: string): Promise<AccountWithSecrets> => {
    sshKeygen('-q', '-t', 'ed25519', '-N', '', '-f', join(started.folder, id));
    await started.allow(await readFile(join(started.folder, `${id}.pub`), 'utf8'));
    return account(id, started.user, { privateKey: await readFile(join(started.folder, id), 'utf8') });
  };

  it('goes on behind MaxAuthTries', async () => {
    const started = await sshd({ config: ['MaxAuthTries 2'] });
    const good = await withKey(started, 'good');
    const bad = [1, 2, 3].map((n) => account(`bad${n}`, started.user, { privateKey: newKey() }));
    const { login, verdicts } = await tryLogin(started.port, [...bad, good]);
    expect(login.ok).toBe(true);
    expect(verdicts).toEqual([
      ['bad1', false],
      ['bad2', false],
      ['bad3', false],
      ['good', true],
    ]);
  });

  it('is known by the one of its keys that known_hosts has', async () => {
    const started = await sshd({ hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'] });
    const good = await withKey(started, 'good');
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const file = join(started.folder, `known_${type}`);
      await writeFile(file, `[127.0.0.1]:${started.port} ${await started.hostKey(type)}\n`);
      const trust = { ...anybody, policy: 'strict', knownHostsFiles: [file] } as const;
      expect((await tryLogin(started.port, [good], { trust })).login.ok).toBe(true);
    }
  });

  it('lets a key of an SSH agent in', async () => {
    const started = await sshd();
    await withKey(started, 'good');
    const socket = join(started.folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    stops.unshift(async () => agent.kill());
    await chmod(join(started.folder, 'good'), 0o600);
    const { execa } = await import('execa');
    for (let isAdded = false; !isAdded; ) {
      const added = await execa('ssh-add', ['-q', join(started.folder, 'good')], {
        env: { SSH_AUTH_SOCK: socket },
        reject: false,
      });
      isAdded = added.exitCode === 0;
    }
    const byAgent = account('a', started.user, {}, { kind: 'agent', agentSocket: socket });
    expect((await tryLogin(started.port, [byAgent])).login.ok).toBe(true);
    const noAgent = account('n', started.user, {}, { kind: 'agent', agentSocket: `${socket}.none` });
    expect((await tryLogin(started.port, [noAgent])).login).toMatchObject({
      failure: { code: 'account.refused' },
    });
  });

  it('has no algorithm in common with us when it has only what is broken', async () => {
    const started = await sshd({ config: ['Ciphers aes128-cbc', 'MACs hmac-sha1'] });
    const good = await withKey(started, 'good');
    expect((await tryLogin(started.port, [good])).login).toMatchObject({
      failure: { code: 'device.noCommonAlgorithm', isRetryable: false },
    });
  });
});
