import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../src/client/connection.ts';
import { protocolVersion } from '../../src/protocol/answers.ts';
import { type FakeServer, startFakeServer } from './fakeServer.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
async function fake(hello = {}): Promise<FakeServer> {
  const server = await startFakeServer(hello);
  stops.push(() => server.stop());
  return server;
}
async function connected(server: FakeServer): Promise<Connection> {
  const outcome = await connect({ dataFolder: server.dataFolder, kind: 'test', startsServer: false });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  stops.push(() => outcome.value.close());
  return outcome.value;
}

describe('connection', () => {
  it('says which versions do not fit', async () => {
    const server = await fake({ protocol: protocolVersion + 1 });
    const outcome = await connect({ dataFolder: server.dataFolder, kind: 'test', startsServer: false });
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        code: 'server.versionMismatch',
        params: { client: protocolVersion, server: protocolVersion + 1 },
      },
    });
  });

  it('answers calls out of order, whatever the chunks', async () => {
    const server = await fake();
    const connection = await connected(server);
    const [first, second] = [connection.call('status', {}), connection.call('status', {})];
    const [a, b] = [await server.nextRequest(), await server.nextRequest()];
    b.answer({ serverName: '東' });
    const text = Buffer.from(`${JSON.stringify({ id: a.id, ok: true, value: { serverName: '京' } })}\n`);
    for (const byte of text) a.write(Buffer.from([byte]));
    expect(await second).toMatchObject({ ok: true, value: { serverName: '東' } });
    expect(await first).toMatchObject({ ok: true, value: { serverName: '京' } });
  });

  it('fails what is under way when the line ends, and says so once', async () => {
    const server = await fake();
    const connection = await connected(server);
    const closed: string[] = [];
    connection.onClosed(({ code }) => closed.push(code));
    const call = connection.call('status', {});
    await server.nextRequest();
    server.drop();
    expect(await call).toMatchObject({
      ok: false,
      failure: { code: 'server.unreachable', isRetryable: true },
    });
    expect(closed).toEqual(['server.unreachable']);
    expect(await connection.call('status', {})).toMatchObject({ ok: false });
  });

  it('ends a line that is not JSON', async () => {
    const server = await fake();
    const connection = await connected(server);
    const call = connection.call('status', {});
    (await server.nextRequest()).write('not json\n');
    expect(await call).toMatchObject({ ok: false, failure: { params: { reason: 'protocol' } } });
  });

  it('is silent about a line that it closed itself', async () => {
    const server = await fake();
    const connection = await connected(server);
    let isTold = false;
    connection.onClosed(() => {
      isTold = true;
    });
    const call = connection.call('status', {});
    connection.close();
    expect((await call).ok).toBe(false);
    expect(isTold).toBe(false);
  });
});
