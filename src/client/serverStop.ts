import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import { connect } from './connection.ts';
import { waitForEnd } from './processEnd.ts';

/** A server that ends finishes its writes and lets its workers go first. */
const stopLimitMs = 60_000;

/**
 * Tells the data folder's server to stop and resolves when its process has ended: only that says that the last write
 * is durable. `server.stopping`: it was told, and takes longer than a minute.
 */
export async function stopServer(dataFolder: string): Promise<Outcome<'stopped' | 'notRunning'>> {
  const connection = await connect({ dataFolder, kind: 'cli', startsServer: false });
  if (!connection.ok) return connection.failure.code === 'server.unreachable' ? ok('notRunning') : connection;
  const status = await connection.value.call('status', {});
  const answer = status.ok ? await connection.value.call('stopServer', {}) : status;
  connection.value.close();
  if (!status.ok) return status;
  if (!answer.ok && answer.failure.code !== 'server.unreachable') return answer;
  return (await waitForEnd(status.value.pid, stopLimitMs)) ? ok('stopped') : failed('server.stopping');
}
