import type { Connection } from '../client/connection.ts';
import type { Outcome } from '../domain/failure.ts';
import type { Snapshot } from '../protocol/answers.ts';
import type { ExitStatus } from './program/command.ts';
import type { CommandContext } from './program/context.ts';

/** A line to the server and its whole model as it was when the command began. */
export interface Server extends Connection {
  readonly snapshot: Snapshot;
}

/** Connects, takes a snapshot, runs and closes the line whatever happens. Says aloud what the store had to mend. */
export async function onServer(
  context: CommandContext,
  run: (server: Server) => Promise<Outcome<ExitStatus>>,
): Promise<Outcome<ExitStatus>> {
  const connection = await context.connect();
  if (!connection.ok) return connection;
  try {
    const snapshot = await connection.value.call('snapshot', {});
    if (!snapshot.ok) return snapshot;
    for (const notice of snapshot.value.notices) context.output.note(context.explain(notice).message);
    return await run({ ...connection.value, snapshot: snapshot.value });
  } finally {
    connection.value.close();
  }
}
