import type { Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { Server } from './onServer.ts';
import { type ExitStatus, exitStatuses } from './program/command.ts';
import type { CommandContext } from './program/context.ts';
import { runShape } from './watch/runShape.ts';
import { currentTask, watchRun } from './watch/watchRun.ts';

/** Starts a run of the task and watches it, or, detached, says how to come back to it. */
export async function startTask(
  context: CommandContext,
  server: Server,
  taskId: string,
  isDetached: boolean,
): Promise<Outcome<ExitStatus>> {
  const started = await server.call('startRemoteInstallationTask', { taskId });
  if (!started.ok) return started;
  const { id } = started.value.run;
  return isDetached ? leaveRun(context, server, id) : watchRun(context, server, id, { isNew: true });
}

/** Shows a run as it is now and leaves it. */
export async function leaveRun(
  context: CommandContext,
  server: Server,
  runId: string,
): Promise<Outcome<ExitStatus>> {
  const watched = await server.call('watchRun', { runId });
  if (!watched.ok) return watched;
  const { run, devices } = watched.value;
  context.output.json(runShape(context, run, devices, await currentTask(server, run.taskId)));
  context.output.line(context.t('cli.watch.started', { number: run.number, count: devices.length }));
  const back = context.hint(`run watch ${run.number}`);
  if (back !== null) context.output.line(`${context.t('cli.watch.comeBack')}: ${back}`);
  return ok(exitStatuses.good);
}
