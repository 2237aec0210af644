// A process of its own that speaks the administration server's protocol with as many events a second as it is told
// by IPC. Fake: nothing is stored and nothing is installed. The line to the console and the way in which events are
// gathered are the real server's own.
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { failure } from '../src/domain/failure.ts';
import { countStates } from '../src/domain/runCounts.ts';
import { protocolVersion } from '../src/protocol/answers.ts';
import type { CommandName } from '../src/protocol/commands.ts';
import type { Request } from '../src/protocol/events.ts';
import { ClientConnection } from '../src/server/api/clientConnection.ts';
import { EventPublisher } from '../src/server/api/eventPublisher.ts';
import { largeFleet } from './largeFleet.ts';
import { movedRow, progressedRow } from './runMoves.ts';

/** What the benchmark says. */
export interface EventOrder {
  readonly eventsPerSecond: number;
  /** The events come to the first devices only: those in sight. */
  readonly devices: number;
}

const { values } = parseArgs({ options: { socket: { type: 'string' }, devices: { type: 'string' } } });
const fleet = largeFleet(Number(values.devices), new Date().toISOString());
const { rows } = fleet;
const publisher = new EventPublisher();
let order: EventOrder = { eventsPerSecond: 0, devices: rows.length };
let seq = fleet.snapshot.seq;
let run = fleet.run;

function answerOf(command: CommandName, connection: ClientConnection): unknown {
  switch (command) {
    case 'hello':
      return { protocol: protocolVersion, version: '0', serverName: fleet.snapshot.serverName };
    case 'snapshot':
      publisher.subscribe(connection);
      return { ...fleet.snapshot, seq, collections: { ...fleet.snapshot.collections, runs: [run] } };
    case 'watchRun':
      publisher.watch(run.id, connection);
      return { run, devices: rows };
    case 'unwatchRun':
      publisher.unwatch(run.id, connection);
      return {};
    default:
      return null;
  }
}

const server = createServer((socket) => {
  const connection = new ClientConnection(socket, {
    onLine: async (line) => {
      const { id, command } = JSON.parse(line) as Request;
      const value = answerOf(command as CommandName, connection);
      connection.answer(
        value === null ? { id, ok: false, failure: failure('server.internal') } : { id, ok: true, value },
      );
    },
    onClosed: () => publisher.forget(connection),
  });
});

/** Half of the events are a device's next state, half are figures of a transfer. */
function oneEvent(isMove: boolean): void {
  let at = Math.floor(Math.random() * order.devices);
  if (!isMove) {
    for (let tries = 0; rows[at]!.state !== 'transferring' && tries < 50; tries++)
      at = Math.floor(Math.random() * order.devices);
  }
  const row = rows[at]!;
  if (!isMove && row.state === 'transferring') {
    const moved = progressedRow(row);
    rows[at] = moved;
    publisher.progressed(run.id, row.deviceId, moved.sentBytes, moved.totalBytes);
  } else {
    const moved = movedRow(row, new Date().toISOString(), Math.random());
    rows[at] = moved;
    publisher.rowChanged(run.id, moved);
  }
}

let owed = 0;
let told = performance.now();
setInterval(() => {
  const now = performance.now();
  owed += ((now - told) / 1000) * order.eventsPerSecond;
  told = now;
  for (; owed >= 1; owed--) oneEvent(Math.random() < 0.5);
}, 10);

/** As the real server does for live runs. */
setInterval(() => {
  if (order.eventsPerSecond === 0) return;
  run = { ...run, counts: countStates(rows) };
  publisher.changed(++seq, [{ collection: 'runs', put: [run], removed: [] }]);
}, 1000);

process.on('message', (message) => {
  order = message as EventOrder;
});
process.on('disconnect', () => process.exit(0));
server.listen(values.socket, () => process.send!('ready'));
