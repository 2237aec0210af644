import { describe, expect, it } from 'vitest';
import {
  attemptsOf,
  countAttempts,
  isCounted,
  isExhausted,
  mayTryAgain,
  tasksCounted,
  triesOf,
} from '../../src/domain/attempts.ts';
import { type FailureCode, failure, failureCodes } from '../../src/domain/failure.ts';
import type { RemoteInstallationTask } from '../../src/domain/model.ts';
import { defaultTaskSettings } from '../../src/domain/taskSettings.ts';

const device = 'dev-00000000000000000001';
const other = 'dev-00000000000000000002';
const task: RemoteInstallationTask = {
  id: 'task-00000000000000000001',
  number: 1,
  name: 'Installation of htop',
  packageId: 'pkg-00000000000000000001',
  targets: { kind: 'devices', deviceIds: [device, other] },
  settings: { ...defaultTaskSettings(''), attemptsLimit: 2 },
  attempts: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'root',
};

/** The task with these attempts counted. */
const taskAfter = (before: RemoteInstallationTask, failed: Parameters<typeof countAttempts>[1]) =>
  tasksCounted(new Map([[before.id, before]]), countAttempts(before, failed))[0] ?? before;

describe('attempts (B23 to B30)', () => {
  it('counts ten thousand devices that fail together in little time', () => {
    const failed = Array.from({ length: 10_000 }, (_, index) => ({
      deviceId: `dev-${index}`,
      attemptId: `attempt-${index}`,
    }));
    const before = process.cpuUsage();
    const counted = taskAfter(taskAfter(task, failed), failed);
    const { user } = process.cpuUsage(before);
    expect(Object.keys(counted.attempts)).toHaveLength(10_000);
    expect(counted.attempts['dev-9999']).toEqual({ count: 1, lastAttemptId: 'attempt-9999' });
    // Microseconds; a copy for each of them takes a minute.
    expect(user).toBeLessThan(2_000_000);
  });

  it('counts each attempt once, per device', () => {
    const once = taskAfter(task, [{ deviceId: device, attemptId: 'a' }]);
    expect(countAttempts(once, [{ deviceId: device, attemptId: 'a' }])).toEqual([]);
    const twice = taskAfter(once, [{ deviceId: device, attemptId: 'b' }]);
    expect(attemptsOf(twice, device)).toBe(2);
    expect(attemptsOf(twice, other)).toBe(0);
    expect(isExhausted(once, device)).toBe(false);
    expect(isExhausted(twice, device)).toBe(true);
    expect(isExhausted(twice, other)).toBe(false);
  });

  it('keeps the counter when the number is raised (B30)', () => {
    const spent = taskAfter(task, [
      { deviceId: device, attemptId: 'a' },
      { deviceId: device, attemptId: 'b' },
    ]);
    const raised = { ...spent, settings: { ...spent.settings, attemptsLimit: 3 } };
    expect(isExhausted(raised, device)).toBe(false);
    expect(attemptsOf(raised, device)).toBe(2);
  });

  it('counts only what the installer did (B27)', () => {
    const counted = failureCodes.filter((code) => isCounted(failure(code)));
    expect(counted.toSorted()).toEqual([
      'installer.anotherVersion',
      'installer.exitCode',
      'installer.interruptedByReboot',
      'installer.outcomeUnknown',
      'installer.signal',
      'installer.timeout',
      'package.absentAfterInstall',
      'restart.absentAfterRestart',
    ]);
  });

  it.each([
    ['waiting', 0, null, 0],
    ['connecting', 1, null, 0],
    ['installing', 1, null, 1],
    ['succeeded', 1, null, 1],
    ['failed', 1, 'account.refused', 0],
    ['failed', 1, 'installer.exitCode', 1],
    ['waiting', 1, 'installer.exitCode', 1],
    ['failed', 2, 'account.refused', 1],
    ['failed', 1, 'installer.busy', 0],
    ['unreachable', 1, 'device.timedOut', 0],
    ['cancelled', 1, 'installer.cancelled', 0],
    ['skipped', 1, 'check.alreadyInstalled', 0],
  ] as const)('a device that is %s in attempt %i with %s has had %i tries', (state, attempt, code, tries) => {
    expect(triesOf({ state, attempt, failure: code === null ? null : failure(code) })).toBe(tries);
  });

  it('never repeats by itself what nobody knows the outcome of', () => {
    const notAgain: FailureCode[] = ['installer.outcomeUnknown', 'installer.interruptedByReboot'];
    for (const code of notAgain) expect(mayTryAgain(failure(code))).toBe(false);
    expect(mayTryAgain(failure('installer.exitCode'))).toBe(true);
    expect(mayTryAgain(failure('device.unreachable'))).toBe(false);
  });
});
