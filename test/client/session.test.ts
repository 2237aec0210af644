import { afterEach, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../src/client/session.ts';
import type { ServerEvent } from '../../src/protocol/events.ts';
import { type FakeServer, startFakeServer } from './fakeServer.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const changed = (seq: number): ServerEvent => ({ event: 'changed', seq, changes: [] });
const snapshot = (seq: number) => ({ seq, notices: [], collections: {} });

async function watched(): Promise<{
  server: FakeServer;
  session: Session;
  seen: string[];
  until(line: string): Promise<void>;
}> {
  const server = await startFakeServer();
  const seen: string[] = [];
  let notify = (): void => {};
  const say = (line: string) => {
    seen.push(line);
    notify();
  };
  const session = openSession(
    { dataFolder: server.dataFolder, kind: 'test', startsServer: false },
    {
      snapshotTaken: ({ seq }) => say(`snapshot ${seq}`),
      eventArrived: (event) => say(event.event === 'changed' ? `changed ${event.seq}` : event.event),
      connectionLost: ({ code }) => say(`lost ${code}`),
    },
  );
  stops.push(
    () => server.stop(),
    () => session.close(),
  );
  const until = (line: string) =>
    new Promise<void>((resolve) => {
      notify = () => {
        if (seen.includes(line)) resolve();
      };
      notify();
    });
  return { server, session, seen, until };
}

describe('session', () => {
  it('puts events that overtake the snapshot behind it, and drops those that are in it', async () => {
    const { server, seen, until } = await watched();
    const request = await server.nextRequest();
    for (const seq of [4, 5, 6]) server.send(changed(seq));
    request.answer(snapshot(5));
    server.send(changed(7));
    await until('changed 7');
    expect(seen).toEqual(['snapshot 5', 'changed 6', 'changed 7']);
  });

  it('takes a new snapshot at a gap and loses nothing after it', async () => {
    const { server, seen, until } = await watched();
    (await server.nextRequest()).answer(snapshot(1));
    await until('snapshot 1');
    server.send(changed(2));
    server.send(changed(5));
    const again = await server.nextRequest();
    expect(again.command).toBe('snapshot');
    server.send(changed(6));
    again.answer(snapshot(5));
    await until('changed 6');
    expect(seen).toEqual(['snapshot 1', 'changed 2', 'snapshot 5', 'changed 6']);
  });

  it('connects again with a new snapshot', async () => {
    const { server, session, seen, until } = await watched();
    (await server.nextRequest()).answer(snapshot(1));
    await until('snapshot 1');
    server.drop();
    await until('lost server.unreachable');
    expect(await session.call('status', {})).toMatchObject({
      ok: false,
      failure: { code: 'server.unreachable' },
    });
    session.retryNow();
    (await server.nextRequest()).answer(snapshot(9));
    await until('snapshot 9');
    expect(seen).toEqual(['snapshot 1', 'lost server.unreachable', 'snapshot 9']);
  });

  it('says nothing after it was closed', async () => {
    const { server, session, seen, until } = await watched();
    (await server.nextRequest()).answer(snapshot(1));
    await until('snapshot 1');
    session.close();
    server.send(changed(2));
    server.drop();
    expect(seen).toEqual(['snapshot 1']);
  });
});
