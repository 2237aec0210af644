import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Connection, connect } from '../../../src/client/connection.ts';
import { socketPathOf } from '../../../src/client/serverFiles.ts';
import type { Outcome } from '../../../src/domain/failure.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../../../src/protocol/commands.ts';
import { runServer } from '../../../src/server/main.ts';
import { FakeDeliveryWorkers } from '../fakeDeliveryWorkers.ts';

/** A whole administration server in a folder of its own, with fake workers, and lines to it. */
export class TestServer {
  readonly dataFolder: string;
  readonly workers: FakeDeliveryWorkers;
  #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();

  private constructor(dataFolder: string, workers: FakeDeliveryWorkers) {
    this.dataFolder = dataFolder;
    this.workers = workers;
  }

  static async start(workers = new FakeDeliveryWorkers(), folderName = 'data'): Promise<TestServer> {
    const parent = await mkdtemp(join(tmpdir(), 'haifu-server-'));
    const server = new TestServer(join(parent, folderName), workers);
    onTestFinished(async () => {
      await server.stop();
      await rm(parent, { recursive: true, force: true });
    });
    await server.run();
    return server;
  }

  async run(workers: FakeDeliveryWorkers = this.workers): Promise<void> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    await new Promise<void>((resolve, reject) => {
      this.#ended = runServer({
        dataFolder: this.dataFolder,
        signal,
        workers: () => workers,
        ready: resolve,
      }).then((outcome) => {
        if (!outcome.ok) reject(new Error(outcome.failure.code));
      }, reject);
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  /** Resolves when the server has ended by itself. */
  get ended(): Promise<unknown> {
    return this.#ended;
  }

  async connect(): Promise<TestClient> {
    const connection = must(
      await connect({ dataFolder: this.dataFolder, kind: 'test', startsServer: false }),
    );
    onTestFinished(() => connection.close());
    return new TestClient(connection);
  }

  /** A line without any manners. */
  async raw(): Promise<Socket> {
    const socket = connectSocket(await socketPathOf(this.dataFolder));
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    return socket;
  }
}

export class TestClient {
  readonly connection: Connection;
  constructor(connection: Connection) {
    this.connection = connection;
  }

  call<N extends CommandName>(name: N, params: CommandParams<N>): Promise<Outcome<CommandAnswer<N>>> {
    return this.connection.call(name, params);
  }

  /** The answer's value; a failure is the test's. */
  async get<N extends CommandName>(name: N, params: CommandParams<N>): Promise<CommandAnswer<N>> {
    return must(await this.connection.call(name, params));
  }

  /** The failure, as `code` and params; a success is the test's failure. */
  async refusal<N extends CommandName>(name: N, params: CommandParams<N>) {
    const outcome = await this.connection.call(name, params);
    if (outcome.ok) throw new Error(`${name} was not refused`);
    return { code: outcome.failure.code, ...outcome.failure.params };
  }
}

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${JSON.stringify(outcome.failure.params)}`);
  return outcome.value;
}
