import type { Socket } from 'node:net';
import { failure } from '../../domain/failure.ts';
import { maxRequestBytes, type Response, type ServerEvent } from '../../protocol/events.ts';
import { LineReader } from './lineReader.ts';

/** Requests of one client that are worked on at once; the next are read when one is answered. */
const maxRequestsInFlight = 64;
/** Events that a client may leave unread before it is let go: it connects again and takes a snapshot. */
export const maxBacklogBytes = 8 * 1024 * 1024;
/** With more than this unread, progress is held back and only its newest figures are kept. */
const busyBacklogBytes = 64 * 1024;
/** A client that does not read its last line is cut off. */
const lastLineLimitMs = 2000;

/** One client's line: requests in, answers and events out. Knows nothing of what they mean. */
export class ClientConnection {
  /** Who said hello, and null before. */
  user: string | null = null;
  readonly #socket: Socket;
  #eventBytesUnread = 0;
  #requestsInFlight = 0;
  /** Lines that were read and not begun; nothing more is read while there are any. */
  readonly #waiting: string[] = [];
  readonly #onLine: (line: string) => Promise<void>;
  #isEnding = false;

  constructor(
    socket: Socket,
    listeners: {
      /** Answers when the line's request is done with. Never rejects. */
      readonly onLine: (line: string) => Promise<void>;
      readonly onClosed: (reason: string) => void;
    },
  ) {
    this.#socket = socket;
    this.#onLine = listeners.onLine;
    let reason = 'closed';
    const lines = new LineReader(maxRequestBytes);
    socket.on('data', (chunk: Buffer) => {
      if (this.#isEnding) return;
      const read = lines.push(chunk);
      if (read === null) return this.refuse('tooLong');
      for (const line of read) if (line !== '') this.#waiting.push(line);
      this.#work();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? 'error';
    });
    socket.on('close', () => listeners.onClosed(reason));
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** True when events pile up: progress should wait. */
  get isBusy(): boolean {
    return this.#eventBytesUnread > busyBacklogBytes;
  }

  answer(response: Response): void {
    if (!this.#isEnding) this.#socket.write(`${JSON.stringify(response)}\n`);
  }

  /** Sends an event that is already a line of JSON, the same for all its readers. */
  sendEvent(line: string): void {
    if (this.#isEnding || !this.#socket.writable) return;
    const bytes = Buffer.byteLength(line) + 1;
    this.#eventBytesUnread += bytes;
    this.#socket.write(`${line}\n`, () => {
      this.#eventBytesUnread -= bytes;
    });
    if (this.#eventBytesUnread > maxBacklogBytes) this.refuse('tooSlow');
  }

  /** Says why in a last line, then closes. */
  refuse(reason: string): void {
    if (this.#isEnding) return;
    const response: Response = { id: null, ok: false, failure: failure('protocol.malformed', { reason }) };
    this.#end(JSON.stringify(response));
  }

  end(lastEvent: ServerEvent | null = null): void {
    if (!this.#isEnding) this.#end(lastEvent === null ? null : JSON.stringify(lastEvent));
  }

  #work(): void {
    while (this.#requestsInFlight < maxRequestsInFlight && !this.#isEnding) {
      const line = this.#waiting.shift();
      if (line === undefined) break;
      this.#requestsInFlight++;
      void this.#onLine(line).then(() => {
        this.#requestsInFlight--;
        this.#work();
      });
    }
    if (this.#waiting.length > 0 && !this.#isEnding) this.#socket.pause();
    else this.#socket.resume();
  }

  #end(line: string | null): void {
    this.#isEnding = true;
    const limit = setTimeout(() => this.#socket.destroy(), lastLineLimitMs);
    limit.unref();
    this.#socket.once('close', () => clearTimeout(limit));
    if (line === null) this.#socket.end();
    else this.#socket.end(`${line}\n`);
    // What still arrives is thrown away, so that the client can read the last line before it sees a reset.
    this.#socket.resume();
  }
}
