import { isFinal, isSuccess } from '../../domain/attempt.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { RemoteInstallationTask, RunDevice } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { Server } from '../onServer.ts';
import { type ExitStatus, exitStatuses } from '../program/command.ts';
import type { CommandContext } from '../program/context.ts';
import { followRun } from './followRun.ts';
import { liveProgress } from './liveProgress.ts';
import { plainProgress } from './plainProgress.ts';
import type { RunProgress } from './runProgress.ts';
import { deviceShape, runShape } from './runShape.ts';
import { summaryLines } from './summaryLines.ts';

/** 0 when nobody is left to try again: a device that was skipped needs nothing. */
export const statusOf = (devices: readonly RunDevice[]): ExitStatus =>
  devices.every(({ state }) => isSuccess(state) || state === 'skipped')
    ? exitStatuses.good
    : exitStatuses.incomplete;

/** With `--json`, a line for each device that has ended. */
const jsonProgress = (context: CommandContext): RunProgress => ({
  begun: (_, devices) => {
    for (const device of devices) if (isFinal(device.state)) say(context, device);
  },
  deviceEnded: (device) => say(context, device),
  changed: () => {},
  ended: () => {},
});
const say = (context: CommandContext, device: RunDevice): void =>
  context.output.json({ event: 'deviceEnded', device: deviceShape(context, device, undefined) });

/**
 * Watches a run to its end and prints its summary (B85). `jsonEvents`: with `--json` a line an event, as
 * `run watch` does, instead of one document at the end. `isNew`: this command has started the run. Ctrl-C leaves: the
 * run goes on.
 */
export async function watchRun(
  context: CommandContext,
  server: Server,
  runId: string,
  { jsonEvents = false, isNew = false }: { readonly jsonEvents?: boolean; readonly isNew?: boolean },
): Promise<Outcome<ExitStatus>> {
  const { output, t } = context;
  output.isPatient = true;
  let number = String(server.snapshot.collections.runs.find(({ id }) => id === runId)?.number ?? runId);
  const isEvents = context.isJson && jsonEvents;
  const display = isEvents
    ? jsonProgress(context)
    : output.isTerminal
      ? liveProgress(context)
      : plainProgress(context);
  const progress: RunProgress = {
    ...display,
    begun: (run, devices, isNewRun) => {
      number = String(run.number);
      display.begun(run, devices, isNewRun);
    },
  };
  const followed = await followRun(server, runId, progress, context.interrupted, isNew);
  if (!followed.ok) {
    const back = context.hint(`run watch ${number}`);
    if (back !== null) output.note(`${t('cli.watch.comeBack')}: ${back}`);
    return followed;
  }
  if (followed.value.kind === 'left') {
    const back = context.hint(`run watch ${number}`);
    if (back !== null) output.note(`${t('cli.watch.left')} ${t('cli.watch.comeBack')}: ${back}`);
    return ok(exitStatuses.interrupted);
  }
  const { run, devices } = followed.value;
  const task = await currentTask(server, run.taskId);
  const shape = runShape(context, run, devices, task);
  output.json(isEvents ? { event: 'runEnded', ...shape } : shape);
  for (const line of ['', ...summaryLines(context, run, devices, task)]) output.line(line);
  return ok(statusOf(devices));
}

/** The task with its counters as they are now (B27). */
export async function currentTask(
  server: Server,
  taskId: string,
): Promise<RemoteInstallationTask | undefined> {
  const snapshot = await server.call('snapshot', {});
  return snapshot.ok ? snapshot.value.collections.tasks.find(({ id }) => id === taskId) : undefined;
}
