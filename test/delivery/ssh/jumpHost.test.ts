import type { ServerChannel } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountWithSecrets } from '../../../src/delivery/deliveryMethod.ts';
import { openThroughJumpHost } from '../../../src/delivery/methods/ssh/jumpHost.ts';
import { account } from '../attemptFixtures.ts';
import { startFakeSshServer } from './fakeSshServer.ts';

const stops: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const reachThrough = (port: number, accounts: readonly AccountWithSecrets[], dialTimeoutMs = 5000) =>
  openThroughJumpHost(
    {
      jumpHost: { address: '127.0.0.1', port, user: null },
      accounts,
      trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
      limits: { dialTimeoutMs, handshakeTimeoutMs: 10_000 },
      onHostKey: async () => {},
    },
    '127.0.0.1',
    1,
  );

it('a channel that the jump host opens too late is closed again', async () => {
  const { port, connections, stop } = await startFakeSshServer({
    authenticate: (context, connection) => {
      connection.removeAllListeners('tcpip').on('tcpip', (accept) => requested(accept));
      context.accept();
    },
  });
  stops.push(stop);
  let requested = (_accept: () => ServerChannel): void => {};
  const nextRequest = () =>
    new Promise<() => ServerChannel>((resolve) => {
      requested = resolve;
    });
  const accounts = [account('a', 'alice', { password: 'x' })];
  // Keeps the connection in use.
  const held = nextRequest();
  const first = reachThrough(port, accounts);
  (await held)();
  expect(await first).toMatchObject({ ok: true });
  const late = nextRequest();
  expect(await reachThrough(port, accounts, 50)).toMatchObject({ ok: false });
  const channel = (await late)();
  channel.resume();
  await new Promise((resolve) => channel.once('close', resolve));
  expect(connections).toHaveLength(1);
});

describe('lockout guard of a jump host (B50)', () => {
  async function jumpHost() {
    const { port, requests, stop } = await startFakeSshServer({
      authenticate: (context) => {
        if (context.method === 'password' && context.password === 'right') context.accept();
        else context.reject(['password']);
      },
    });
    stops.push(stop);
    const passwords = (): string[] => requests.filter((request) => request.startsWith('password '));
    return { reach: (accounts: readonly AccountWithSecrets[]) => reachThrough(port, accounts), passwords };
  }
  const alice = (password: string): AccountWithSecrets => account('a', 'alice', { password });
  const bob = account('b', 'bob', { password: 'wrong, too' });

  it('guesses a wrong password once for all devices behind it, whatever account they put first', async () => {
    const { reach, passwords } = await jumpHost();
    await Promise.all([reach([alice('wrong'), bob]), reach([bob, alice('wrong')])]);
    expect(await reach([alice('wrong')])).toMatchObject({
      ok: false,
      failure: { code: 'device.jumpHostFailed', params: { cause: 'account.lockoutGuard' } },
    });
    expect(passwords().toSorted()).toEqual(['password alice wrong', 'password bob wrong, too']);
  });

  it('takes a corrected password of the same account', async () => {
    const { reach, passwords } = await jumpHost();
    await reach([alice('wrong')]);
    // It is in; only the device behind it is not there.
    expect(await reach([alice('right')])).toMatchObject({
      failure: { params: { cause: 'device.unreachable' } },
    });
    expect(passwords()).toEqual(['password alice wrong', 'password alice right']);
  });
});
