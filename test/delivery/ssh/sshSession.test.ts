import { connect, createServer, type Socket } from 'node:net';
import { type ServerChannel, utils } from 'ssh2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountWithSecrets } from '../../../src/delivery/deliveryMethod.ts';
import { createSshOpener, type SshTarget } from '../../../src/delivery/methods/ssh/sshSession.ts';
import { account } from '../attemptFixtures.ts';
import { type FakeSshServerOptions, newHostKey, startFakeSshServer } from './fakeSshServer.ts';

const stops: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const stop of stops.splice(0).toReversed()) await stop();
});
const never = new AbortController().signal;

async function server(options: FakeSshServerOptions) {
  const started = await startFakeSshServer(options);
  stops.push(started.stop);
  return started;
}

/** One address whose machine behind it can be exchanged. */
async function place(first: number): Promise<{ port: number; leadTo(port: number): void }> {
  let target = first;
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
  return {
    port: (proxy.address() as { port: number }).port,
    leadTo: (port) => {
      target = port;
    },
  };
}

function opener(port: number, accounts: readonly AccountWithSecrets[], more: Partial<SshTarget> = {}) {
  const seen: string[] = [];
  const tried: [string, boolean][] = [];
  const made = createSshOpener({
    device: { name: 'd', address: '127.0.0.1', port, user: null, jumpHost: null },
    accounts,
    refusedAccountIds: [],
    trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
    limits: { dialTimeoutMs: 5000, handshakeTimeoutMs: 10_000 },
    onHostKey: async (key) => void seen.push(key.verdict),
    onAccount: (id, isAccepted) => void tried.push([id, isAccepted]),
    ...more,
  });
  const open = async () => {
    const session = await made.open(never);
    if (session.ok) stops.push(() => session.value.close());
    return session;
  };
  return { open, seen, tried };
}

describe('further connections of an attempt', () => {
  const letIn: FakeSshServerOptions['authenticate'] = (context) => context.accept();
  const alice = [account('a', 'alice', { password: 'canary-4471' })];

  it('take no other host key than the one of the first contact, and send nothing to another', async () => {
    const [real, other] = [newHostKey(), newHostKey()];
    const device = await server({ hostKeys: [real.privateKey], authenticate: letIn });
    const stranger = await server({ hostKeys: [other.privateKey], authenticate: letIn });
    const { port, leadTo } = await place(device.port);
    const { open, seen } = opener(port, alice);
    expect(await open()).toMatchObject({ ok: true });
    leadTo(stranger.port);
    expect(await open()).toMatchObject({ ok: false, failure: { code: 'hostKey.changed' } });
    expect(stranger.requests).toEqual([]);
    expect(seen).toEqual(['accepted', 'changed']);
  });

  it('are made again when the device hangs up in the middle of a login that it has let in before', async () => {
    let isGoingDown = false;
    const { port, requests } = await server({
      authenticate: (context, connection) => {
        if (context.method !== 'password') return context.reject(['password']);
        if (isGoingDown) connection.end();
        else context.accept();
      },
    });
    const { open, tried } = opener(port, alice);
    expect(await open()).toMatchObject({ ok: true });
    isGoingDown = true;
    const again = await open();
    expect(again).toMatchObject({ failure: { code: 'device.connectionLost', isRetryable: true } });
    isGoingDown = false;
    expect(await open()).toMatchObject({ ok: true });
    expect(requests.filter((request) => request.startsWith('password'))).toHaveLength(3);
    expect(tried).toEqual([['a', true]]);
  });
});

describe('the password of sudo (B50)', () => {
  const probe = { tools: [], detection: null, content: null, attemptId: null };
  const sudoer = [account('a', 'alice', { password: 'canary-4471' }, { become: 'sudo' })];

  /** A device whose sudo asks, and then does `onAnswer`; `marker` is what says that the shell is root's. */
  async function sudoDevice(
    onAnswer: (hangUp: () => void, channel: ServerChannel, marker: string) => void,
    more: Partial<SshTarget> = {},
  ) {
    const answers: string[] = [];
    const device = await server({
      authenticate: (context) =>
        context.method === 'password' ? context.accept() : context.reject(['password']),
      exec: (command, channel, connection) => {
        const [, question] = /sudo -S -k -p (\S+) /.exec(command) ?? [];
        const [, marker] = /echo (haifu-[0-9a-f]+);/.exec(command) ?? [];
        if (question === undefined || marker === undefined) return;
        channel.stderr.write(question);
        channel.once('data', (chunk: Buffer) => {
          answers.push(chunk.toString());
          onAnswer(() => connection.end(), channel, marker);
        });
      },
    });
    return { answers, ...opener(device.port, sudoer, more) };
  }
  const opened = async (open: ReturnType<typeof opener>['open']) => {
    const session = await open();
    if (!session.ok) throw new Error(session.failure.code);
    return session.value;
  };

  it('is not sent again when the line was lost before the verdict', async () => {
    const { answers, open } = await sudoDevice((hangUp) => hangUp());
    const first = await (await opened(open)).probe(probe);
    expect(first).toMatchObject({ failure: { code: 'become.unanswered', isRetryable: false } });
    const second = await (await opened(open)).probe(probe);
    expect(second).toEqual(first);
    expect(answers).toEqual(['canary-4471\n']);
  });

  it('is not sent when an earlier worker sent it and heard nothing', async () => {
    const { answers, open } = await sudoDevice((hangUp) => hangUp(), { rootPassword: 'unanswered' });
    const answer = await (await opened(open)).probe(probe);
    expect(answer).toMatchObject({ failure: { code: 'become.unanswered' } });
    expect(answers).toEqual([]);
  });

  it('is sent once the journal has it, and asked about once', async () => {
    const order: string[] = [];
    const onRootPassword = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('journal');
    };
    const { open } = await sudoDevice(
      (hangUp) => {
        order.push('sent');
        hangUp();
      },
      { onRootPassword },
    );
    await (await opened(open)).probe(probe);
    expect(order).toEqual(['journal', 'sent']);
  });

  it('that was right before is sent again after a lost line', async () => {
    const { answers, open } = await sudoDevice((hangUp) => hangUp(), { rootPassword: 'proven' });
    for (const number of [1, 2]) {
      const lost = await (await opened(open)).probe(probe);
      expect(lost).toMatchObject({ failure: { code: 'device.connectionLost', isRetryable: true } });
      expect(answers).toHaveLength(number);
    }
  });

  it('is sent again on a further line once it was found right', async () => {
    // The script that follows is never answered: only the line is lost.
    const { answers, open } = await sudoDevice((hangUp, channel, marker) => {
      channel.once('data', hangUp);
      channel.write(`${marker}\n`);
    });
    for (const number of [1, 2]) {
      const lost = await (await opened(open)).probe(probe);
      expect(lost.ok).toBe(false);
      expect(JSON.stringify(lost)).not.toContain('become');
      expect(answers).toHaveLength(number);
    }
  });
});

it('refuses a host key that is too long to be stored, before anybody hears of it', async () => {
  const { privateKey } = newHostKey();
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const blob = Buffer.concat([parsed.getPublicSSH(), Buffer.alloc(4096)]);
  // The server's side of the exchange; ours takes the bytes as they come.
  vi.spyOn(Object.getPrototypeOf(parsed), 'getPublicSSH').mockReturnValue(blob);
  const { port, requests } = await server({ hostKeys: [privateKey], authenticate: (c) => c.accept() });
  const { open, seen } = opener(port, [account('a', 'alice', { password: 'canary-4471' })]);
  expect(await open()).toMatchObject({ ok: false });
  expect({ seen, requests }).toEqual({ seen: [], requests: [] });
});
