import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { defaultTaskSettings } from '../../../src/domain/taskSettings.ts';
import { protocolVersion } from '../../../src/protocol/answers.ts';
import { commands } from '../../../src/protocol/commands.ts';
import type { ServerEvent } from '../../../src/protocol/events.ts';
import { type FakeAttempt, FakeDeliveryWorkers, succeed } from '../fakeDeliveryWorkers.ts';
import { TestServer } from './testServer.ts';

/** Sends a line and resolves with the next one that comes back. */
function talk(socket: Socket) {
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  return async (line: string) => {
    socket.write(`${line}\n`);
    const answer = await lines.next();
    return answer.done ? null : JSON.parse(answer.value);
  };
}
const hello = JSON.stringify({
  id: 1,
  command: 'hello',
  params: { protocol: protocolVersion, user: 'tanaka', kind: 'test' },
});

describe('the door', () => {
  it('answers malformed, unknown and early messages, and goes on', async () => {
    const server = await TestServer.start();
    const say = talk(await server.raw());
    expect(await say('{')).toMatchObject({ id: null, failure: { code: 'protocol.malformed' } });
    expect(await say('[]')).toMatchObject({ id: null, failure: { code: 'protocol.malformed' } });
    expect(await say('{"id":7}')).toMatchObject({ id: 7, failure: { code: 'protocol.malformed' } });
    expect(await say('{"id":8,"command":"status","params":{}}')).toMatchObject({
      id: 8,
      failure: { params: { reason: 'hello comes first' } },
    });
    expect(await say('{"id":9,"command":"__proto__","params":{}}')).toMatchObject({ id: 9, ok: false });
    expect(await say('{"id":9,"command":"toString","params":{}}')).toMatchObject({ id: 9, ok: false });
    expect(await say(hello.replace(/"protocol":\d+/, '"protocol":999'))).toMatchObject({
      failure: { code: 'server.versionMismatch', params: { client: 999, server: protocolVersion } },
    });
    expect(await say(hello)).toMatchObject({ id: 1, ok: true, value: { protocol: protocolVersion } });
    expect(await say('{"id":10,"command":"status","params":{}}')).toMatchObject({ id: 10, ok: true });
  });

  it('closes a line without an end, and only that one', async () => {
    const server = await TestServer.start();
    const other = await server.connect();
    const socket = await server.raw();
    const lines = createInterface({ input: socket });
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    const closed = once(socket, 'close');
    const answered = once(lines, 'line');
    for (let sent = 0; sent < 33 && socket.writable; sent++) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), closed]);
    }
    const [line] = await answered;
    expect(JSON.parse(line as string)).toMatchObject({ id: null, failure: { code: 'protocol.malformed' } });
    await closed;
    expect((await other.get('status', {})).clients).toBe(1);
  });

  it('bears a thousand random messages without a crash and without harm', { timeout: 60_000 }, async () => {
    const server = await TestServer.start();
    const witness = await server.connect();
    await witness.get('addGroup', { path: 'Tokyo' });
    const random = randomNumbers(20_260_131);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
    const names = Object.keys(commands).filter((name) => name !== 'stopServer');
    const group = (await witness.get('snapshot', {})).collections.groups[0]!.id;
    const value = (depth: number): unknown =>
      pick([
        () => null,
        () => random() * 1e9 - 5e8,
        () =>
          pick([
            '',
            'a',
            '../../etc/passwd',
            '\u0000\u001b[2J',
            '日本語',
            'x'.repeat(5000),
            group,
            '__proto__',
          ]),
        () => random() > 0.5,
        () => (depth > 3 ? 0 : Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1))),
        () => (depth > 3 ? {} : object(depth + 1)),
      ])();
    const fields = [
      'id',
      'ids',
      'path',
      'name',
      'devices',
      'deviceIds',
      'runId',
      'taskId',
      'settings',
      'targets',
      'kind',
      'user',
      'packageId',
      'accountIds',
      'parentId',
      'groupId',
      'offset',
      'attempt',
      'sets',
      'protocol',
      '__proto__',
      'constructor',
    ];
    const object = (depth: number): Record<string, unknown> =>
      Object.fromEntries(
        Array.from({ length: Math.floor(random() * 6) }, () => [pick(fields), value(depth)]),
      );
    const line = (id: number): string => {
      const text = JSON.stringify({
        id,
        command: pick(names),
        params: random() > 0.2 ? object(0) : value(0),
      });
      if (random() > 0.3) return text;
      const at = 1 + Math.floor(random() * (text.length - 1));
      return random() > 0.5
        ? text.slice(0, at)
        : `${text.slice(0, at)}${pick(['"', '{', '\u0007', '\\', ','])}${text.slice(at)}`;
    };
    const socket = await server.raw();
    let answers = 0;
    const wanted = 1001;
    const all = new Promise<void>((resolve) => {
      createInterface({ input: socket }).on('line', (text) => {
        const message = JSON.parse(text) as { event?: string };
        if (message.event === undefined && ++answers === wanted) resolve();
      });
    });
    socket.write(`${hello}\n`);
    for (let id = 2; id <= wanted; id++) socket.write(`${line(id)}\n`);
    await all;
    expect((await witness.get('status', {})).pid).toBe(process.pid);
    await server.stop();
    await server.run();
    const again = await server.connect();
    const { collections, notices } = await again.get('snapshot', {});
    expect(notices).toEqual([]);
    expect(collections.groups.some((g) => g.name === 'Tokyo')).toBe(true);
  });
});

describe('events', () => {
  async function fleet(workers: FakeDeliveryWorkers, count: number, concurrency = 50) {
    const server = await TestServer.start(workers);
    const client = await server.connect();
    const path = `${server.dataFolder}.run`;
    await writeFile(path, '#!/bin/sh\ntrue\n');
    const { package: made } = await client.get('addInstallationPackage', {
      path,
      name: 'tool',
      version: '1',
    });
    const devices = Array.from({ length: count }, (_, index) => ({
      name: `web-${index}`,
      address: `10.0.${index >> 8}.${index & 255}`,
      port: null,
      user: null,
      platform: 'linux' as const,
      jumpHost: null,
      groupPath: null,
    }));
    const { added } = await client.get('saveDevices', { devices });
    const { task } = await client.get('createTask', {
      name: null,
      packageId: made.id,
      targets: { kind: 'devices', deviceIds: added.map((device) => device.id) },
      settings: { ...defaultTaskSettings(''), concurrency },
      language: 'en',
    });
    return { server, client, task, devices: added };
  }

  it('tells every commit in order after the snapshot, and a run only to who watches it', async () => {
    let release = () => {};
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { server, client, task } = await fleet(
      new FakeDeliveryWorkers(async (attempt) => {
        await isReleased;
        attempt.progress(1, 2);
        await succeed(attempt);
      }),
      5,
    );
    const idle = await server.connect();
    const events: ServerEvent[] = [];
    const idleEvents: ServerEvent[] = [];
    client.connection.onEvent((event) => events.push(event));
    idle.connection.onEvent((event) => idleEvents.push(event));
    const { seq } = await client.get('snapshot', {});
    await idle.get('snapshot', {});
    const { run } = await client.get('startRemoteInstallationTask', { taskId: task.id });
    const watched = await client.get('watchRun', { runId: run.id });
    expect(watched.devices).toHaveLength(5);
    const isEnded = new Promise<void>((resolve) => {
      client.connection.onEvent((event) => {
        if (event.event !== 'changed') return;
        for (const change of event.changes) {
          if (change.collection === 'runs' && change.put.some((r) => r.finishedAt !== null)) resolve();
        }
      });
    });
    release();
    await isEnded;
    const seqs = events.flatMap((event) => (event.event === 'changed' ? [event.seq] : []));
    expect(seqs).toEqual(seqs.map((_, index) => seq + 1 + index));
    const rows = new Map(
      events.flatMap((event) =>
        event.event === 'runDevicesChanged'
          ? event.devices.map((row) => [row.deviceId, row.state] as const)
          : [],
      ),
    );
    expect([...rows.values()]).toEqual(Array(5).fill('succeeded'));
    await idle.get('status', {});
    expect(idleEvents.some((event) => event.event === 'runDevicesChanged')).toBe(false);
    expect(idleEvents.some((event) => event.event === 'changed')).toBe(true);
  });

  it('serves the log while it is written and afterwards', async () => {
    let attempt: FakeAttempt | null = null;
    let heard = () => {};
    const isHeard = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const { client, task, devices } = await fleet(
      new FakeDeliveryWorkers(async (one) => {
        attempt = one;
        await one.go('checking', 'installing');
        one.log('unpacking…\n');
        await isHeard;
        await one.go('verifying', 'succeeded');
      }),
      1,
    );
    const deviceId = devices[0]!.id;
    const logged = new Promise<string>((resolve) => {
      client.connection.onEvent((event) => {
        if (event.event === 'attemptLogged') resolve(event.text);
      });
    });
    await client.get('snapshot', {});
    const { run } = await client.get('startRemoteInstallationTask', { taskId: task.id });
    await client.get('followLog', { runId: run.id, deviceId });
    // What came before the follow is read; what comes after is told.
    const part = await client.get('readLog', { runId: run.id, deviceId, attempt: null, offset: 0 });
    if (part.text === '') expect(await logged).toBe('unpacking…\n');
    else expect(part.text).toBe('unpacking…\n');
    const ended = new Promise<void>((resolve) => {
      client.connection.onEvent((event) => {
        if (event.event !== 'changed') return;
        for (const change of event.changes) {
          if (change.collection === 'runs' && change.put.some((r) => r.finishedAt !== null)) resolve();
        }
      });
    });
    heard();
    await ended;
    expect(attempt).not.toBeNull();
    expect(await client.get('readLog', { runId: run.id, deviceId, attempt: 1, offset: 0 })).toMatchObject({
      text: 'unpacking…\n',
      sizeBytes: 13,
      isComplete: true,
    });
    const range = { runId: run.id, deviceId, attempt: 1, offset: 3, maxBytes: 4 };
    expect(await client.get('readLog', range)).toMatchObject({ text: 'acki', nextOffset: 7, sizeBytes: 13 });
  });

  it('lets a client go that does not read, and nobody else waits for it', { timeout: 60_000 }, async () => {
    const { server, client, task } = await fleet(new FakeDeliveryWorkers(), 2000, 200);
    const sleepy = await server.raw();
    sleepy.pause();
    sleepy.write(`${hello}\n{"id":2,"command":"snapshot","params":{}}\n`);
    await client.get('snapshot', {});
    const ended = new Promise<void>((resolve) => {
      client.connection.onEvent((event) => {
        if (event.event !== 'changed') return;
        for (const change of event.changes) {
          if (change.collection === 'runs' && change.put.some((r) => r.finishedAt !== null)) resolve();
        }
      });
    });
    const { run } = await client.get('startRemoteInstallationTask', { taskId: task.id });
    sleepy.write(`{"id":3,"command":"watchRun","params":{"runId":"${run.id}"}}\n`);
    await ended;
    // More than a client may leave unread: devices are renamed until the server has let it go.
    const { collections } = await client.get('snapshot', {});
    const devices = collections.devices.map(({ address, port, user, platform, jumpHost }) => ({
      address,
      port,
      user,
      platform,
      jumpHost,
      groupPath: null,
    }));
    let clients = 2;
    for (let round = 0; round < 60 && clients === 2; round++) {
      await client.get('saveDevices', { devices: devices.map((d) => ({ ...d, name: `round ${round}` })) });
      clients = (await client.get('status', {})).clients;
    }
    expect(clients).toBe(1);
  });

  it('says goodbye when it is stopped by a command', async () => {
    const server = await TestServer.start();
    const client = await server.connect();
    const goodbye = new Promise<void>((resolve) => {
      client.connection.onEvent((event) => {
        if (event.event === 'serverStopping') resolve();
      });
    });
    expect(await client.get('stopServer', {})).toEqual({});
    await goodbye;
    await server.ended;
  });
});

/** mulberry32: the same numbers at every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
