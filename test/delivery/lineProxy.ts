import { connect, createServer, type Socket } from 'node:net';

/** A bad line on loopback: forwards to a port, and cuts, swallows or delays what it carries. */
export interface LineProxy {
  readonly port: number;
  /** Connections that were made through it. */
  readonly connections: number;
  /** Bytes that went to the server, over all connections. */
  readonly bytesUp: number;
  /** Resets the connections each time so many more bytes have gone up, `times` times. */
  cutEveryBytesUp(bytes: number, times: number): void;
  /** Resets what is open once so many bytes have passed in either direction from now on. */
  cutAfterBytes(bytes: number): void;
  /** Resets what is open; `isRefusing`: until healed, new connections are reset as well. */
  cut(isRefusing?: boolean): void;
  heal(): void;
  /** From now on nothing passes and nothing is said, until `healNew`. */
  blackhole(): void;
  /** New connections work again; those that were open stay dead. */
  healNew(): void;
  /** Delays each direction. */
  delay(ms: number): void;
  /**
   * How often the client spoke after a silence of more than half a round trip: what it says in answer to one thing
   * is one turn. With a delay these are an idle line's round trips, however slow the machine is.
   */
  readonly turns: number;
  stop(): Promise<void>;
}

export async function startLineProxy(target: number): Promise<LineProxy> {
  const open = new Set<Socket>();
  let connections = 0;
  let bytesUp = 0;
  let cutEvery = Number.POSITIVE_INFINITY;
  let cutsLeft = 0;
  let sinceCut = 0;
  let cutIn = Number.POSITIVE_INFINITY;
  let isRefusing = false;
  let isBlackhole = false;
  let deadUpTo = 0;
  let delayMs = 0;
  let turns = 0;
  let lastSpokeAt = 0;

  const reset = (): void => {
    for (const socket of open) socket.resetAndDestroy();
    open.clear();
  };
  const server = createServer({ noDelay: true }, (client) => {
    const number = ++connections;
    const isDead = (): boolean => isBlackhole || number <= deadUpTo;
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true });
    open.add(client).add(upstream);
    const pass = (from: Socket, to: Socket, speaker: 'client' | 'server'): void => {
      from.on('data', (chunk) => {
        if (isDead()) return;
        cutIn -= chunk.length;
        if (cutIn <= 0) {
          cutIn = Number.POSITIVE_INFINITY;
          // What came before the cut still goes through, as on a real line.
          to.write(chunk.subarray(0, chunk.length >> 1), () => reset());
          return;
        }
        if (speaker === 'client') {
          const now = performance.now();
          if (now - lastSpokeAt > delayMs) turns++;
          lastSpokeAt = now;
          bytesUp += chunk.length;
          sinceCut += chunk.length;
          if (cutsLeft > 0 && sinceCut >= cutEvery) {
            cutsLeft--;
            sinceCut = 0;
            reset();
            return;
          }
        }
        const forward = (): void => {
          if (!to.destroyed && !to.write(chunk)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
        };
        if (delayMs === 0) forward();
        else setTimeout(forward, delayMs);
      });
      from.on('close', () => {
        open.delete(from);
        if (!isDead()) to.destroy();
      });
      from.on('error', () => {});
    };
    pass(client, upstream, 'client');
    pass(upstream, client, 'server');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    get connections() {
      return connections;
    },
    get bytesUp() {
      return bytesUp;
    },
    get turns() {
      return turns;
    },
    cutEveryBytesUp(bytes, times) {
      cutEvery = bytes;
      cutsLeft = times;
      sinceCut = 0;
    },
    cutAfterBytes(bytes) {
      cutIn = bytes;
    },
    cut(refusing = false) {
      isRefusing = refusing;
      reset();
    },
    heal() {
      isRefusing = false;
    },
    blackhole() {
      isBlackhole = true;
    },
    healNew() {
      deadUpTo = connections;
      isBlackhole = false;
    },
    delay(ms) {
      delayMs = ms;
    },
    async stop() {
      reset();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
