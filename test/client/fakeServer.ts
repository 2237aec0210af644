import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protocolVersion } from '../../src/protocol/answers.ts';
import type { Request, ServerEvent } from '../../src/protocol/events.ts';

/**
 * Answers as a test tells it to, for what a real server does not do on demand: gaps, odd timing, other versions. It
 * says nothing about the real server's own behaviour.
 */
export interface FakeServer {
  readonly dataFolder: string;
  /** Resolves with each request in turn, `hello` excepted. */
  nextRequest(): Promise<Request & { answer(value: unknown): void; write(raw: string | Buffer): void }>;
  send(event: ServerEvent): void;
  drop(): void;
  stop(): Promise<void>;
}

export async function startFakeServer(hello: Partial<{ protocol: number }> = {}): Promise<FakeServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'haifu-fake-'));
  const sockets = new Set<Socket>();
  type Asked = Awaited<ReturnType<FakeServer['nextRequest']>>;
  const asked: Asked[] = [];
  const waiting: ((asked: Asked) => void)[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const lines = text.split('\n');
      text = lines.pop()!;
      for (const line of lines) {
        const request = JSON.parse(line) as Request;
        const write = (raw: string | Buffer) => socket.write(raw);
        const answer = (value: unknown) => write(`${JSON.stringify({ id: request.id, ok: true, value })}\n`);
        if (request.command === 'hello') {
          answer({ protocol: protocolVersion, version: '0', serverName: 'fake', ...hello });
          continue;
        }
        const one = { ...request, answer, write };
        const next = waiting.shift();
        if (next === undefined) asked.push(one);
        else next(one);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(join(dataFolder, 'server.sock'), resolve));
  return {
    dataFolder,
    nextRequest: () => {
      const one = asked.shift();
      return one === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(one);
    },
    send: (event) => {
      for (const socket of sockets) socket.write(`${JSON.stringify(event)}\n`);
    },
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
