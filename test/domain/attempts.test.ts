import { describe, expect, it } from 'vitest';
import { attemptsOf, countAttempt, isCounted, isExhausted, mayTryAgain } from '../../src/domain/attempts.ts';
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

describe('attempts (B23 to B30)', () => {
  it('counts each attempt once, per device', () => {
    const once = countAttempt(task, device, 'a');
    expect(countAttempt(once, device, 'a')).toBe(once);
    const twice = countAttempt(once, device, 'b');
    expect(attemptsOf(twice, device)).toBe(2);
    expect(attemptsOf(twice, other)).toBe(0);
    expect(isExhausted(once, device)).toBe(false);
    expect(isExhausted(twice, device)).toBe(true);
    expect(isExhausted(twice, other)).toBe(false);
  });

  it('keeps the counter when the number is raised (B30)', () => {
    const spent = countAttempt(countAttempt(task, device, 'a'), device, 'b');
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

  it('never repeats by itself what nobody knows the outcome of', () => {
    const notAgain: FailureCode[] = ['installer.outcomeUnknown', 'installer.interruptedByReboot'];
    for (const code of notAgain) expect(mayTryAgain(failure(code))).toBe(false);
    expect(mayTryAgain(failure('installer.exitCode'))).toBe(true);
    expect(mayTryAgain(failure('device.unreachable'))).toBe(false);
  });
});
