import { isFinal } from '../domain/attempt.ts';
import { failed, type Outcome } from '../domain/failure.ts';
import type { Run, RunDevice } from '../domain/model.ts';
import type { ServerEvent } from '../protocol/events.ts';
import { ok } from '../shared/result.ts';
import { LineSanitiser } from '../shared/sanitise.ts';
import { numberOption } from './numberOption.ts';
import type { Server } from './onServer.ts';
import { type ExitStatus, exitStatuses } from './program/command.ts';
import type { CommandContext } from './program/context.ts';

interface LogValues {
  readonly attempt: string | undefined;
  readonly follow: boolean;
}

/** Prints what a device's installer wrote, sanitised (B102); with `follow` until the device has ended. */
export async function showLog(
  context: CommandContext,
  server: Server,
  run: Run,
  deviceWord: string,
  values: LogValues,
): Promise<Outcome<ExitStatus>> {
  const attempt = values.attempt === undefined ? ok(null) : numberOption('attempt', values.attempt, 1, 9999);
  if (!attempt.ok) return attempt;
  const watched = await server.call('watchRun', { runId: run.id });
  if (!watched.ok) return watched;
  // The run's own names count: the device may have been renamed or removed since.
  const device = watched.value.devices.find(({ deviceId, name, address }) =>
    [deviceId, name, address].includes(deviceWord),
  );
  if (device === undefined) return failed('input.notFound', { kind: 'device', name: deviceWord });

  const lines = new LineSanitiser();
  let isPrinted = false;
  const print = (text: string) => {
    if (text !== '') isPrinted = true;
    for (const line of lines.push(text)) context.output.line(line);
  };
  const followed = values.follow && !isFinal(device.state) ? follow(server, run.id, device) : null;
  let text = '';
  let attemptRead = attempt.value;
  for (let offset = 0; ; ) {
    const part = await server.call('readLog', {
      runId: run.id,
      deviceId: device.deviceId,
      attempt: attempt.value,
      offset,
    });
    if (!part.ok) return part;
    attemptRead = part.value.attempt;
    if (context.isJson) text += part.value.text;
    else print(part.value.text);
    if (part.value.nextOffset <= offset) break;
    offset = part.value.nextOffset;
  }
  if (followed !== null) await followed.untilEnd(print);
  for (const line of lines.end()) context.output.line(line);
  if (!isPrinted && !context.isJson) context.output.note(context.t('cli.run.log.empty'));
  context.output.json({ log: { device: device.name, attempt: attemptRead, text } });
  return ok(exitStatuses.good);
}

/** Keeps what arrives while the log so far is being read. */
function follow(server: Server, runId: string, device: RunDevice) {
  const waiting: string[] = [];
  let print = (text: string): void => void waiting.push(text);
  const ended = new Promise<void>((resolve) => {
    server.onClosed(() => resolve());
    server.onEvent((event: ServerEvent) => {
      if (event.event === 'attemptLogged' && event.runId === runId && event.deviceId === device.deviceId)
        print(event.text);
      if (event.event !== 'runDevicesChanged' || event.runId !== runId) return;
      const row = event.devices.find(({ deviceId }) => deviceId === device.deviceId);
      if (row !== undefined && isFinal(row.state)) resolve();
    });
  });
  void server.call('followLog', { runId, deviceId: device.deviceId });
  return {
    untilEnd: async (printNow: (text: string) => void) => {
      print = printNow;
      for (const text of waiting) printNow(text);
      await ended;
    },
  };
}
