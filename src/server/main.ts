import { rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { hostname } from 'node:os';
import type { Outcome } from '../domain/failure.ts';
import type { Capabilities, ServerStatus } from '../protocol/answers.ts';
import { systemClock } from '../shared/clock.ts';
import { randomIds } from '../shared/idSource.ts';
import { ok } from '../shared/result.ts';
import { version } from '../shared/version.ts';
import { Clients } from './api/clients.ts';
import { listenPrivately } from './api/listen.ts';
import { type OpenedParts, openParts } from './openParts.ts';
import { serverInfoFile, serverLogFile, socketPathFor, socketPointerFile } from './serverFiles.ts';
import { openServerLog, type ServerLog } from './serverLog.ts';
import { stopRequests } from './stopRequests.ts';
import { acquireDataFolderLock, type DataFolderLock } from './store/dataFolderLock.ts';
import type { DeliveryWorkers } from './workers/deliveryWorkers.ts';
import { openWorkerPool } from './workers/workerPool.ts';

export interface ServerOptions {
  readonly dataFolder: string;
  /** Called once when clients can connect. */
  readonly ready?: () => void;
  /** Ends the server; without one it ends on SIGTERM and SIGINT. */
  readonly signal?: AbortSignal;
  /** Other workers than processes of this program. */
  readonly workers?: (log: ServerLog) => DeliveryWorkers;
}

/**
 * The administration server: locks the folder, loads, continues what was running, serves until it is stopped.
 * Resolves when it has ended in an orderly way, or with what kept it from starting.
 */
export async function runServer(options: ServerOptions): Promise<Outcome<null>> {
  const { dataFolder } = options;
  const lock = await acquireDataFolderLock(dataFolder);
  if (!lock.ok) return lock;
  try {
    return await serve(options, lock.value);
  } finally {
    await lock.value.release();
  }
}

async function serve(options: ServerOptions, lock: DataFolderLock): Promise<Outcome<null>> {
  const { dataFolder } = options;
  const log = openServerLog(serverLogFile(dataFolder), systemClock);
  const { deliveryMethods } = await import('../delivery/registry.ts');
  const methods = new Set(deliveryMethods.map((method) => method.id));
  const workers = (options.workers ?? ((to) => openWorkerPool({ log: to })))(log);
  const parts = await openParts(dataFolder, lock, log, { workers, methods });
  if (!parts.ok) return parts;
  const stopping = stopRequests(options.signal, log);
  // Before the door opens: no command meets a run that is not known yet.
  await parts.value.engine.recover();
  const listening = await listen(parts.value, {
    dataFolder,
    methods,
    log,
    // Who asked gets the answer first.
    stop: () => void setImmediate(stopping.request),
  });
  if (listening.ok) {
    log.info(`started, version ${version}, pid ${process.pid}`);
    options.ready?.();
    await stopping.requested;
    log.info('stopping');
    listening.value.end();
  }
  await parts.value.engine.stop();
  parts.value.publisher.close();
  await parts.value.store.close();
  stopping.close();
  return listening.ok ? ok(null) : listening;
}

/** Opens the door. Answers how it is shut. */
async function listen(
  parts: OpenedParts,
  more: {
    readonly dataFolder: string;
    readonly methods: ReadonlySet<string>;
    readonly log: ServerLog;
    stop(): void;
  },
): Promise<Outcome<{ end(): void }>> {
  const { dataFolder } = more;
  const clients = new Clients();
  const startedAt = systemClock.now();
  const serverName = hostname();
  const status = (): ServerStatus => ({
    serverName,
    version,
    pid: process.pid,
    dataFolder,
    startedAt,
    runningRuns: parts.engine.liveRunCount,
    clients: clients.count,
    residentBytes: process.memoryUsage.rss(),
  });
  const context = {
    ...parts,
    ...more,
    capabilities: capabilities(parts, more.methods),
    serverName,
    version,
    clock: systemClock,
    ids: randomIds,
    status,
  };
  const path = socketPathFor(dataFolder, {
    runtimeFolder: process.env.XDG_RUNTIME_DIR,
    uid: process.getuid?.() ?? 0,
  });
  const server = await listenPrivately(path, (socket) => clients.accept(socket, context));
  if (!server.ok) return server;
  await writeFile(socketPointerFile(dataFolder), `${path}\n`, { mode: 0o600 });
  await writeFile(
    serverInfoFile(dataFolder),
    `${JSON.stringify({ pid: process.pid, startedAt, version })}\n`,
    {
      mode: 0o600,
    },
  );
  return ok({ end: () => shut(server.value, clients, dataFolder) });
}

/** No new clients; those that are connected hear that the server stops. The socket's file goes with `close`. */
function shut(server: Server, clients: Clients, dataFolder: string): void {
  server.close();
  clients.end();
  void rm(serverInfoFile(dataFolder), { force: true });
}

const capabilities = (parts: OpenedParts, methods: ReadonlySet<string>): Capabilities => ({
  packageFormats: parts.packages.formats.map(({ id, needsCommand }) => ({ id, needsCommand })),
  deliveryMethods: [...methods],
  hasDistributionPoints: false,
  hasNetworkAgents: false,
});
