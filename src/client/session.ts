import { type Failure, failed, type Outcome } from '../domain/failure.ts';
import type { Hello, Snapshot } from '../protocol/answers.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../protocol/commands.ts';
import type { ServerEvent } from '../protocol/events.ts';
import { type Connection, type ConnectOptions, connect } from './connection.ts';

/** What a session tells its console. Calls never overlap, and follow the server's order. */
export interface SessionListener {
  /** A new beginning: replace everything by this. After a lost line or a gap in the events it comes again. */
  snapshotTaken(snapshot: Snapshot, hello: Hello): void;
  /** `changed` events continue the snapshot without a gap; run events come as they are. */
  eventArrived(event: ServerEvent): void;
  /** The line is lost and will be tried again after `retryInMs`. Watched runs must be watched again. */
  connectionLost(failure: Failure, retryInMs: number): void;
}

export interface Session {
  /** As `Connection.call`; `server.unreachable` while there is no line. */
  call<N extends CommandName>(name: N, params: CommandParams<N>): Promise<Outcome<CommandAnswer<N>>>;
  /** Ends the wait for the next try. */
  retryNow(): void;
  close(): void;
}

const firstRetryMs = 250;
const longestRetryMs = 5000;

/** A line that mends itself. The first outcome comes through the listener too. */
export function openSession(options: ConnectOptions, listener: SessionListener): Session {
  let connection: Connection | null = null;
  let isClosed = false;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | null = null;
  /** False after the server said that it stops: whoever stopped it does not want it started again. */
  let startsServer = options.startsServer ?? true;

  const lose = (reason: Failure) => {
    connection = null;
    if (isClosed) return;
    const inMs = retryMs;
    retryMs = Math.min(retryMs * 2, longestRetryMs);
    timer = setTimeout(() => void open(), inMs);
    listener.connectionLost(reason, inMs);
  };

  const open = async () => {
    timer = null;
    const outcome = await connect({ ...options, startsServer });
    if (!outcome.ok) return lose(outcome.failure);
    if (isClosed) return outcome.value.close();
    connection = outcome.value;
    startsServer = options.startsServer ?? true;
    follow(outcome.value);
  };

  const follow = (line: Connection) => {
    /** Events wait here while a snapshot is on its way; null: they pass. */
    let held: ServerEvent[] | null = [];
    let seq = 0;

    const pass = (event: ServerEvent) => {
      if (held !== null) return void held.push(event);
      if (event.event === 'serverStopping') startsServer = false;
      if (event.event === 'changed') {
        if (event.seq <= seq) return;
        if (event.seq !== seq + 1) return void takeSnapshot([event]);
        seq = event.seq;
      }
      listener.eventArrived(event);
    };
    const takeSnapshot = async (before: ServerEvent[]) => {
      held = before;
      const snapshot = await line.call('snapshot', {});
      if (isClosed || connection !== line) return;
      if (!snapshot.ok) {
        line.close();
        return lose(snapshot.failure);
      }
      const waiting = held;
      held = null;
      seq = snapshot.value.seq;
      retryMs = firstRetryMs;
      listener.snapshotTaken(snapshot.value, line.hello);
      for (const event of waiting) pass(event);
    };

    line.onEvent(pass);
    line.onClosed((reason) => {
      if (connection === line) lose(reason);
    });
    void takeSnapshot([]);
  };

  void open();
  return {
    call: async (name, params) =>
      connection === null
        ? failed('server.unreachable', { reason: 'not connected' }, { isRetryable: true })
        : connection.call(name, params),
    retryNow: () => {
      if (timer === null) return;
      clearTimeout(timer);
      void open();
    },
    close: () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      connection?.close();
      connection = null;
    },
  };
}
