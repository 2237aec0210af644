import { type Failure, FailureError, failure, type Outcome } from '../../domain/failure.ts';
import { protocolVersion } from '../../protocol/answers.ts';
import type { CommandName } from '../../protocol/commands.ts';
import { fail } from '../../shared/result.ts';
import type { ServerContext } from '../serverContext.ts';
import type { ClientConnection } from './clientConnection.ts';
import type { Handler, Handlers } from './handler.ts';
import { accountHandlers } from './handlers/accounts.ts';
import { deviceHandlers } from './handlers/devices.ts';
import { groupHandlers } from './handlers/groups.ts';
import { hostKeyHandlers } from './handlers/hostKeys.ts';
import { licenseHandlers } from './handlers/licenses.ts';
import { packageHandlers } from './handlers/packages.ts';
import { runHandlers } from './handlers/runs.ts';
import { serverHandlers } from './handlers/server.ts';
import { taskHandlers } from './handlers/tasks.ts';
import { readRequest } from './requestReader.ts';

/** Every command and who answers it: a command without a handler does not compile. */
const handlers: Handlers = {
  ...serverHandlers,
  ...packageHandlers,
  ...groupHandlers,
  ...deviceHandlers,
  ...accountHandlers,
  ...licenseHandlers,
  ...hostKeyHandlers,
  ...taskHandlers,
  ...runHandlers,
};

/** Answers one line of a client. Never rejects: what goes wrong is the answer. */
export async function route(
  line: string,
  connection: ClientConnection,
  context: ServerContext,
): Promise<void> {
  const { id, request } = readRequest(line);
  if (id === null) {
    const reason = request.ok ? failure('protocol.malformed') : request.failure;
    connection.answer({ id, ok: false, failure: reason });
    return;
  }
  const outcome = request.ok
    ? await answer(request.value.command, request.value.params, connection, context)
    : fail(request.failure);
  connection.answer(
    outcome.ok ? { id, ok: true, value: outcome.value } : { id, ok: false, failure: outcome.failure },
  );
}

async function answer(
  command: CommandName,
  params: unknown,
  connection: ClientConnection,
  context: ServerContext,
): Promise<Outcome<unknown>> {
  const refusal = refusalBeforeHello(command, params, connection);
  if (refusal) return fail(refusal);
  // The params were read by this very command's schema.
  const handler = handlers[command] as Handler<CommandName>;
  try {
    return await handler(params as never, { ...context, connection, user: connection.user ?? '' });
  } catch (error) {
    if (error instanceof FailureError) return fail(error.failure);
    context.log.error(`command ${command}`, error);
    return fail(failure('server.internal'));
  }
}

/** The first message is `hello`, and both must speak the same protocol. */
function refusalBeforeHello(
  command: CommandName,
  params: unknown,
  connection: ClientConnection,
): Failure | null {
  if (command === 'hello') {
    const { protocol } = params as { protocol: number };
    return protocol === protocolVersion
      ? null
      : failure('server.versionMismatch', { client: protocol, server: protocolVersion });
  }
  return connection.user === null ? failure('protocol.malformed', { reason: 'hello comes first' }) : null;
}
