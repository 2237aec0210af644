import type { Change, RunDevice } from '../../domain/model.ts';
import type { ServerEvent } from '../../protocol/events.ts';
import type { RunEvents } from '../engine/runEvents.ts';
import type { ClientConnection } from './clientConnection.ts';

const rowsIntervalMs = 40;
const progressIntervalMs = 100;

type Figures = readonly [sentBytes: number, totalBytes: number];

/** Progress of the runs that one client watches and that it was too busy to take: the newest figures only. */
type HeldProgress = Map<string, Map<string, Figures>>;

/**
 * Carries what happened to who asked for it. Rows are gathered for a moment and written once for all watchers;
 * progress is the newest figure per device and waits for a client that does not read; transitions never do.
 */
export class EventPublisher implements RunEvents {
  readonly #subscribers = new Set<ClientConnection>();
  readonly #watchers = new Map<string, Set<ClientConnection>>();
  readonly #followers = new Map<string, Set<ClientConnection>>();
  readonly #rows = new Map<string, Map<string, RunDevice>>();
  readonly #progress: HeldProgress = new Map();
  readonly #held = new Map<ClientConnection, HeldProgress>();
  #rowsTimer: NodeJS.Timeout | null = null;
  #progressTimer: NodeJS.Timeout | null = null;

  subscribe(connection: ClientConnection): void {
    this.#subscribers.add(connection);
  }

  /** What is gathered for earlier watchers goes out first: the new one gets it in its answer. */
  watch(runId: string, connection: ClientConnection): void {
    this.#flushRows();
    add(this.#watchers, runId, connection);
  }

  unwatch(runId: string, connection: ClientConnection): void {
    remove(this.#watchers, runId, connection);
    this.#held.get(connection)?.delete(runId);
  }

  follow(runId: string, deviceId: string, connection: ClientConnection): void {
    add(this.#followers, `${runId} ${deviceId}`, connection);
  }

  unfollow(runId: string, deviceId: string, connection: ClientConnection): void {
    remove(this.#followers, `${runId} ${deviceId}`, connection);
  }

  forget(connection: ClientConnection): void {
    this.#subscribers.delete(connection);
    this.#held.delete(connection);
    for (const runId of [...this.#watchers.keys()]) remove(this.#watchers, runId, connection);
    for (const key of [...this.#followers.keys()]) remove(this.#followers, key, connection);
  }

  /** A run's last rows are told before its end is. */
  changed(seq: number, changes: readonly Change[]): void {
    this.#flushRows();
    if (this.#subscribers.size > 0) send({ event: 'changed', seq, changes }, this.#subscribers);
  }

  rowChanged(runId: string, row: RunDevice): void {
    if (!this.#watchers.has(runId)) return;
    gathered(this.#rows, runId).set(row.deviceId, row);
    this.#rowsTimer ??= setTimeout(() => this.#flushRows(), rowsIntervalMs);
  }

  progressed(runId: string, deviceId: string, sentBytes: number, totalBytes: number): void {
    if (!this.#watchers.has(runId)) return;
    gathered(this.#progress, runId).set(deviceId, [sentBytes, totalBytes]);
    this.#awaitProgress();
  }

  logged(runId: string, deviceId: string, attempt: number, text: string): void {
    const followers = this.#followers.get(`${runId} ${deviceId}`);
    if (followers) send({ event: 'attemptLogged', runId, deviceId, attempt, text }, followers);
  }

  /** Ends the timers. */
  close(): void {
    if (this.#rowsTimer !== null) clearTimeout(this.#rowsTimer);
    if (this.#progressTimer !== null) clearTimeout(this.#progressTimer);
  }

  #flushRows(): void {
    if (this.#rowsTimer !== null) clearTimeout(this.#rowsTimer);
    this.#rowsTimer = null;
    for (const [runId, rows] of this.#rows) {
      const watchers = this.#watchers.get(runId);
      if (watchers) send({ event: 'runDevicesChanged', runId, devices: [...rows.values()] }, watchers);
      // A row carries its figures: older ones must not follow it.
      for (const deviceId of rows.keys()) this.#progress.get(runId)?.delete(deviceId);
      for (const held of this.#held.values()) {
        for (const deviceId of rows.keys()) held.get(runId)?.delete(deviceId);
      }
    }
    this.#rows.clear();
  }

  #awaitProgress(): void {
    this.#progressTimer ??= setTimeout(() => this.#flushProgress(), progressIntervalMs);
  }

  #flushProgress(): void {
    this.#progressTimer = null;
    for (const [runId, figures] of this.#progress) {
      const ready: ClientConnection[] = [];
      for (const watcher of this.#watchers.get(runId) ?? []) {
        const held = this.#held.get(watcher);
        if (!watcher.isBusy && !held?.has(runId)) ready.push(watcher);
        else {
          const kept = held ?? new Map<string, Map<string, Figures>>();
          this.#held.set(watcher, kept);
          for (const [deviceId, figure] of figures) gathered(kept, runId).set(deviceId, figure);
        }
      }
      if (ready.length > 0 && figures.size > 0) send(progressEvent(runId, figures), ready);
    }
    this.#progress.clear();
    for (const [connection, held] of this.#held) {
      if (connection.isBusy) continue;
      this.#held.delete(connection);
      for (const [runId, figures] of held) {
        if (figures.size > 0) send(progressEvent(runId, figures), [connection]);
      }
    }
    if (this.#held.size > 0) this.#awaitProgress();
  }
}

const progressEvent = (runId: string, figures: ReadonlyMap<string, Figures>): ServerEvent => ({
  event: 'runProgressed',
  runId,
  progress: Array.from(figures, ([deviceId, [sent, total]]) => [deviceId, sent, total] as const),
});

/** Written out once for all its readers. */
function send(event: ServerEvent, connections: Iterable<ClientConnection>): void {
  const line = JSON.stringify(event);
  for (const connection of connections) connection.sendEvent(line);
}

function gathered<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const found = map.get(key) ?? new Map<string, T>();
  map.set(key, found);
  return found;
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key) ?? new Set<T>();
  set.add(value);
  map.set(key, set);
}

function remove<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
