import { protocolVersion } from '../../../protocol/answers.ts';
import { ok } from '../../../shared/result.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import type { Handlers } from '../handler.ts';

export const serverHandlers: Handlers<'hello' | 'status' | 'stopServer' | 'snapshot'> = {
  hello: ({ user }, { connection, version, serverName }) => {
    connection.user = sanitiseLine(user, 256).trim() || '?';
    return ok({ protocol: protocolVersion, version, serverName });
  },
  status: (_params, context) => ok(context.status()),
  stopServer: (_params, context) => {
    context.log.info(`stopped by ${context.user}`);
    context.stop();
    return ok({});
  },
  /** From here on the client hears of every commit after this seq. */
  snapshot: (_params, { store, publisher, connection, serverName, capabilities, notices }) => {
    publisher.subscribe(connection);
    const { model } = store;
    return ok({
      seq: store.seq,
      serverName,
      capabilities,
      notices,
      collections: {
        packages: [...model.packages.values()],
        devices: [...model.devices.values()],
        groups: [...model.groups.values()],
        accounts: [...model.accounts.values()],
        hostKeys: [...model.hostKeys.values()],
        licenses: [...model.licenses.values()],
        tasks: [...model.tasks.values()],
        runs: [...model.runs.values()],
      },
    });
  },
};
