import { isSuccess } from '../../domain/attempt.ts';
import { triesOf } from '../../domain/attempts.ts';
import type { RemoteInstallationTask, Run, RunDevice } from '../../domain/model.ts';
import type { CommandContext } from '../program/context.ts';

/** The counts that scripts read. Warnings and pending restarts are successes (B80). */
export function summaryOf(devices: readonly RunDevice[]) {
  const count = (test: (device: RunDevice) => boolean) => devices.filter(test).length;
  return {
    succeeded: count(({ state }) => isSuccess(state)),
    failed: count(({ state }) => state === 'failed'),
    skipped: count(({ state }) => state === 'skipped'),
    unreachable: count(({ state }) => state === 'unreachable'),
    cancelled: count(({ state }) => state === 'cancelled'),
    notStarted: count(({ state }) => state === 'notStarted'),
  };
}

/** One device as `--json` shows it; `attempt` is this run's, `attempts` the task's counter (B27). */
export const deviceShape = (
  context: Pick<CommandContext, 'explain'>,
  device: RunDevice,
  task: RemoteInstallationTask | undefined,
) => ({
  name: device.name,
  address: device.address,
  state: device.state,
  attempt: triesOf(device),
  attempts: task?.attempts[device.deviceId]?.count ?? 0,
  failure:
    device.failure === null
      ? null
      : { code: device.failure.code, message: context.explain(device.failure).message },
  exitCode: device.exitCode,
  bytesSent: device.sentBytes,
  startedAt: device.startedAt,
  finishedAt: device.finishedAt,
});

/** The shape that `install`, `run show` and `run retry` end with. */
export const runShape = (
  context: Pick<CommandContext, 'explain'>,
  run: Run,
  devices: readonly RunDevice[],
  task: RemoteInstallationTask | undefined,
) => ({
  run: {
    id: run.id,
    task: run.taskName,
    state: run.state,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    devices: devices.map((device) => deviceShape(context, device, task)),
    summary: summaryOf(devices),
  },
});
