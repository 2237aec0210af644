import { failed, type Outcome } from '../domain/failure.ts';
import { type Hello, protocolVersion } from '../protocol/answers.ts';
import { fail, ok } from '../shared/result.ts';
import type { Channel } from './channel.ts';
import { loginName } from './loginName.ts';
import { type Program, startServer, thisProgram } from './serverStart.ts';
import { tryServer, waitForServer } from './serverWait.ts';

/**
 * A line to an administration server:
 * - `call(name, params)` sends a command and resolves with its answer or a Failure; it never rejects;
 * - `onEvent(listener)`, `onClosed(listener)` answer a function that ends them;
 * - `close()` ends the line without calling `onClosed`.
 *
 * A console wants `openSession` (session.ts), which connects again by itself and keeps snapshot and events in order.
 */
export interface Connection extends Channel {
  readonly hello: Hello;
}

export interface ConnectOptions {
  /** Absolute: `dataFolderOf`. */
  readonly dataFolder: string;
  readonly kind: 'console' | 'cli' | 'test';
  /** Starts a server in the background when none serves. Default true. */
  readonly startsServer?: boolean;
  /** For the few commands that every version has (`status`, `stopServer`): an older server's protocol. */
  readonly protocol?: number;
  /** How the server is started; default: this program. */
  readonly program?: Program;
}

/** A server that is starting or ending elsewhere gets this long. */
const otherStartLimitMs = 30_000;
const otherServerWaitMs = 2000;

/**
 * Connects to the data folder's server and says hello. Failures: `server.unreachable`, `server.startFailed`,
 * `server.locked`, `server.versionMismatch`, and whatever kept a server from starting (`store.damaged` …).
 */
export async function connect(options: ConnectOptions): Promise<Outcome<Connection>> {
  const channel = await reachServer(options);
  if (!channel.ok) return channel;
  const protocol = options.protocol ?? protocolVersion;
  const hello = await channel.value.call('hello', { protocol, user: loginName(), kind: options.kind });
  if (hello.ok && hello.value.protocol === protocol) return ok({ ...channel.value, hello: hello.value });
  channel.value.close();
  if (!hello.ok) return fail(hello.failure);
  return failed('server.versionMismatch', { client: protocolVersion, server: hello.value.protocol });
}

async function reachServer(options: ConnectOptions): Promise<Outcome<Channel>> {
  const first = await tryServer(options.dataFolder);
  if (first.ok || options.startsServer === false) return first;
  const deadline = performance.now() + otherStartLimitMs;
  for (;;) {
    const started = await startServer(options.dataFolder, options.program ?? thisProgram());
    if (started.ok) return tryServer(options.dataFolder);
    if (started.failure.code !== 'server.locked') return started;
    // Two began at once: the other's server is ours too. Or it is about to end: then ours is next.
    const other = await waitForServer(options.dataFolder, otherServerWaitMs);
    if (other.ok) return other;
    if (performance.now() > deadline) return started;
  }
}
