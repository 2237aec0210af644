import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import { type Connection, connect } from './connection.ts';
import { waitForEnd } from './processEnd.ts';
import { endRestarting } from './supervisor.ts';

/** A server that ends finishes its writes and lets its workers go first. */
const stopLimitMs = 60_000;

/** After an update the old server still runs: stopping it must not need the old program. */
async function connectAnyVersion(dataFolder: string): Promise<Outcome<Connection>> {
  const options = { dataFolder, kind: 'cli', startsServer: false } as const;
  const connection = await connect(options);
  if (connection.ok || connection.failure.code !== 'server.versionMismatch') return connection;
  return connect({ ...options, protocol: Number(connection.failure.params['server']) });
}

/**
 * Tells the data folder's server to stop and resolves when its process has ended: only that says that the last write
 * is durable. `server.stopping`: it was told, and takes longer than a minute.
 */
export async function stopServer(dataFolder: string): Promise<Outcome<'stopped' | 'notRunning'>> {
  const connection = await connectAnyVersion(dataFolder);
  if (!connection.ok && connection.failure.code === 'server.unreachable')
    return ok((await endRestarting(dataFolder, stopLimitMs)) ? 'stopped' : 'notRunning');
  if (!connection.ok) return connection;
  const status = await connection.value.call('status', {});
  const answer = status.ok ? await connection.value.call('stopServer', {}) : status;
  connection.value.close();
  if (!status.ok) return status;
  if (!answer.ok && answer.failure.code !== 'server.unreachable') return answer;
  return (await waitForEnd(status.value.pid, stopLimitMs)) ? ok('stopped') : failed('server.stopping');
}
