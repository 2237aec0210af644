import { createConnection, type Socket } from 'node:net';
import { type Failure, failed, failure, type Outcome } from '../domain/failure.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../protocol/commands.ts';
import type { Request, Response, ServerEvent } from '../protocol/events.ts';
import { ok } from '../shared/result.ts';
import { LineReader } from './lineReader.ts';

/** Requests, responses and events on one socket, before anybody said hello. */
export interface Channel {
  /** Resolves with `server.unreachable` when the line ends first. Never rejects. */
  call<N extends CommandName>(name: N, params: CommandParams<N>): Promise<Outcome<CommandAnswer<N>>>;
  /** Each event, in the server's order. Answers a function that ends it. */
  onEvent(listener: (event: ServerEvent) => void): () => void;
  /** Once, when the line has ended for any reason but `close()`. */
  onClosed(listener: (failure: Failure) => void): () => void;
  close(): void;
}

const lineEnded = (reason: string): Failure =>
  failure('server.unreachable', { reason }, { isRetryable: true });

/** Connects to a socket that somebody listens on. */
export function openChannel(socketPath: string): Promise<Outcome<Channel>> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath);
    const refuse = (error: NodeJS.ErrnoException) =>
      resolve(
        failed('server.unreachable', { reason: error.code ?? 'connection refused' }, { isRetryable: true }),
      );
    socket.once('error', refuse);
    socket.once('connect', () => {
      socket.off('error', refuse);
      resolve(ok(channelOn(socket)));
    });
  });
}

function channelOn(socket: Socket): Channel {
  const lines = new LineReader();
  const waiting = new Map<number, (outcome: Outcome<never>) => void>();
  const eventListeners = new Set<(event: ServerEvent) => void>();
  const closedListeners = new Set<(failure: Failure) => void>();
  let lastId = 0;
  let ended: Failure | null = null;

  const end = (reason: string, isAnnounced: boolean) => {
    if (ended !== null) return;
    ended = lineEnded(reason);
    socket.destroy();
    for (const settle of waiting.values()) settle({ ok: false, failure: ended });
    waiting.clear();
    if (isAnnounced) for (const listener of [...closedListeners]) listener(ended);
  };
  const take = (message: Response | ServerEvent) => {
    if ('event' in message) {
      for (const listener of [...eventListeners]) listener(message);
      return;
    }
    // Without an id the server could not read us: this line is of no further use.
    if (message.id === null) return end(message.ok ? 'protocol' : message.failure.code, true);
    waiting.get(message.id)?.(message as Outcome<never>);
    waiting.delete(message.id);
  };
  socket.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk)) {
      let message: Response | ServerEvent;
      try {
        message = JSON.parse(line) as Response | ServerEvent;
      } catch {
        return end('protocol', true);
      }
      take(message);
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error', true));
  socket.on('close', () => end('closed', true));

  return {
    call: (name, params) =>
      new Promise((resolve) => {
        if (ended !== null) return resolve({ ok: false, failure: ended });
        lastId += 1;
        waiting.set(lastId, resolve);
        const request: Request = { id: lastId, command: name, params };
        socket.write(`${JSON.stringify(request)}\n`);
      }),
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onClosed: (listener) => {
      closedListeners.add(listener);
      return () => closedListeners.delete(listener);
    },
    close: () => end('closed', false),
  };
}
