import type { StartReport } from '../../client/serverStart.ts';
import { stopServer } from '../../client/serverStop.ts';
import type { ServerStatus } from '../../protocol/answers.ts';
import { dateText } from '../../shared/localTime.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import type { CommandContext } from '../program/context.ts';

function showStatus({ t, output }: CommandContext, status: ServerStatus): void {
  output.json({ server: { ...status, isRunning: true } });
  output.line(
    t('cli.server.running', {
      name: sanitiseLine(status.serverName),
      version: status.version,
      pid: status.pid,
      folder: sanitiseLine(status.dataFolder),
      startedAt: dateText(status.startedAt),
      runs: status.runningRuns,
      clients: status.clients,
      mebibytes: Math.round(status.residentBytes / 1_048_576),
    }),
  );
}

const run = defineCommand({
  name: 'run',
  summary: 'cli.server.run.summary',
  positionals: [],
  options: {},
  run: async (context) => {
    // A parent that waits for us (client/serverStart.ts) hears once how it went; then the line is cut.
    const report = (said: StartReport) => {
      process.send?.(said, () => {
        if (process.connected) process.disconnect();
      });
    };
    // Signals are the server's own: it finishes what it has begun.
    context.output.isPatient = true;
    const served = await context.programs.runServer({
      dataFolder: context.dataFolder,
      ready: () => {
        report({ type: 'serverReady' });
        context.output.note(context.t('cli.server.ready', { folder: context.dataFolder }));
      },
    });
    if (!served.ok) {
      report({ type: 'serverRefused', failure: served.failure });
      return served;
    }
    return ok(exitStatuses.good);
  },
});

const start = defineCommand({
  name: 'start',
  summary: 'cli.server.start.summary',
  positionals: [],
  options: {},
  run: async (context) => {
    const connection = await context.connect();
    if (!connection.ok) return connection;
    const status = await connection.value.call('status', {});
    connection.value.close();
    if (!status.ok) return status;
    showStatus(context, status.value);
    return ok(exitStatuses.good);
  },
});

const stop = defineCommand({
  name: 'stop',
  summary: 'cli.server.stop.summary',
  positionals: [],
  options: {},
  run: async (context) => {
    const stopped = await stopServer(context.dataFolder);
    if (!stopped.ok) return stopped;
    context.output.json({ server: { isRunning: false } });
    context.output.line(
      context.t(stopped.value === 'stopped' ? 'cli.server.stopped' : 'cli.server.notRunning'),
    );
    return ok(exitStatuses.good);
  },
});

const status = defineCommand({
  name: 'status',
  summary: 'cli.server.status.summary',
  positionals: [],
  options: {},
  run: async (context) => {
    const connection = await context.connect({ startsServer: false });
    if (!connection.ok) return connection;
    const answer = await connection.value.call('status', {});
    connection.value.close();
    if (!answer.ok) return answer;
    showStatus(context, answer.value);
    return ok(exitStatuses.good);
  },
});

export const serverCommands: readonly Command[] = [run, start, stop, status];
