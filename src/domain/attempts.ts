import { isInstallerStarted, isSuccess } from './attempt.ts';
import type { Failure, FailureCode } from './failure.ts';
import type { AttemptCount, RemoteInstallationTask, RunDevice } from './model.ts';

/**
 * B27: ends after which the installer has run and did not do its work: they are counted. `again`: the same run
 * may try once more. Not again: another try cannot change it, or nobody knows what the first one did.
 */
const countedEnds: Partial<Record<FailureCode, 'again' | 'notAgain'>> = {
  'installer.exitCode': 'again',
  'installer.signal': 'again',
  'installer.timeout': 'again',
  'package.absentAfterInstall': 'again',
  'restart.absentAfterRestart': 'again',
  'installer.anotherVersion': 'notAgain',
  'installer.outcomeUnknown': 'notAgain',
  'installer.interruptedByReboot': 'notAgain',
};

export const isCounted = (failure: Failure): boolean => countedEnds[failure.code] !== undefined;
export const mayTryAgain = (failure: Failure): boolean => countedEnds[failure.code] === 'again';

/**
 * The number of a row for people, in the counter's meaning: the try whose installer runs or did its work, else how
 * many were counted. 0: the installer never ran. (A row's own `attempt` is known before anything was started.)
 */
export function triesOf({
  attempt,
  state,
  failure,
}: Pick<RunDevice, 'attempt' | 'state' | 'failure'>): number {
  const isTry = isInstallerStarted(state) || isSuccess(state) || (failure !== null && isCounted(failure));
  return isTry ? attempt : Math.max(0, attempt - 1);
}

export const attemptsOf = (task: RemoteInstallationTask, deviceId: string): number =>
  task.attempts[deviceId]?.count ?? 0;

export const isExhausted = (task: RemoteInstallationTask, deviceId: string): boolean =>
  attemptsOf(task, deviceId) >= task.settings.attemptsLimit;

/** The counters after these failed attempts; the same attempt of a device is counted once (B27). */
export function countAttempts(
  task: RemoteInstallationTask,
  failed: readonly { readonly deviceId: string; readonly attemptId: string }[],
): AttemptCount[] {
  const counted = new Map<string, AttemptCount>();
  for (const { deviceId, attemptId } of failed) {
    const known = counted.get(deviceId) ?? task.attempts[deviceId];
    if (known?.lastAttemptId === attemptId) continue;
    const count = (known?.count ?? 0) + 1;
    counted.set(deviceId, { taskId: task.id, deviceId, count, lastAttemptId: attemptId });
  }
  return [...counted.values()];
}

/** The tasks that these counters change, changed. A task that is gone is none. */
export function tasksCounted(
  tasks: Pick<ReadonlyMap<string, RemoteInstallationTask>, 'get'>,
  counted: readonly AttemptCount[],
): RemoteInstallationTask[] {
  return [...Map.groupBy(counted, ({ taskId }) => taskId)].flatMap(([taskId, counts]) => {
    const task = tasks.get(taskId);
    if (task === undefined) return [];
    const attempts = { ...task.attempts };
    for (const { deviceId, count, lastAttemptId } of counts) attempts[deviceId] = { count, lastAttemptId };
    return [{ ...task, attempts }];
  });
}
