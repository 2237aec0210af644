import type { Failure, FailureCode } from './failure.ts';
import type { RemoteInstallationTask } from './model.ts';

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

export const attemptsOf = (task: RemoteInstallationTask, deviceId: string): number =>
  task.attempts[deviceId]?.count ?? 0;

export const isExhausted = (task: RemoteInstallationTask, deviceId: string): boolean =>
  attemptsOf(task, deviceId) >= task.settings.attemptsLimit;

/** The task with one more failed attempt of the device; the same attempt is counted once (B27). */
export function countAttempt(
  task: RemoteInstallationTask,
  deviceId: string,
  attemptId: string,
): RemoteInstallationTask {
  const known = task.attempts[deviceId];
  if (known?.lastAttemptId === attemptId) return task;
  const counted = { count: (known?.count ?? 0) + 1, lastAttemptId: attemptId };
  return { ...task, attempts: { ...task.attempts, [deviceId]: counted } };
}
