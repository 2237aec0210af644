import { exitMeaning } from '../domain/exitCodeMap.ts';
import { type Failure, failure } from '../domain/failure.ts';
import type { ExitCodeMap } from '../domain/model.ts';
import type { Verification } from '../job/followParser.ts';
import type { JobEnd } from '../job/jobTypes.ts';

export interface InstallEvidence {
  readonly end: JobEnd;
  readonly verification: Verification;
  readonly exitCodes: ExitCodeMap;
  /** The package was there before: its presence afterwards proves nothing. */
  readonly wasPresent: boolean;
  /** The last telling words of the installer's log. */
  readonly tail: string;
  readonly timeoutMs: number;
}

/** What an installer's end comes to, before any restart (B81, B82). */
export interface InstallVerdict {
  readonly outcome: 'succeeded' | 'succeededWithWarning' | 'failed';
  /** Why it failed, or what the warning is. */
  readonly failure: Failure | null;
  readonly isRestartNeeded: boolean;
}

/** The exit code, also of a shell's 128 + signal; null: there was none. */
export const exitCodeOf = (end: JobEnd): number | null =>
  end.kind === 'exit' || end.kind === 'signal' ? end.code : null;

export function judgeInstallation(evidence: InstallEvidence): InstallVerdict {
  const { end, verification } = evidence;
  if (end.kind === 'exit' || end.kind === 'signal') return judgeExit(end, evidence);
  const isThere = verification.detection.state === 'present' && !evidence.wasPresent;
  const reasons = {
    timeout: isThere
      ? failure('package.presentAfterTimeout', {}, { stage: 'install' })
      : failure(
          'installer.timeout',
          { minutes: Math.max(1, Math.round(evidence.timeoutMs / 60_000)) },
          { stage: 'install' },
        ),
    interrupted: failure('installer.interruptedByReboot', {}, { stage: 'install' }),
    lost: failure('installer.outcomeUnknown', {}, { stage: 'install' }),
  };
  return {
    outcome: isThere ? 'succeededWithWarning' : 'failed',
    failure: reasons[end.kind],
    isRestartNeeded: isThere && verification.isRestartRequired,
  };
}

type Exit = Extract<JobEnd, { kind: 'exit' | 'signal' }>;

function judgeExit(end: Exit, evidence: InstallEvidence): InstallVerdict {
  const { verification, tail } = evidence;
  const isAbsent = verification.detection.state === 'absent';
  const bad = (reason: Failure): InstallVerdict => ({
    outcome: 'failed',
    failure: reason,
    isRestartNeeded: false,
  });
  const good = (isRestartNeeded: boolean): InstallVerdict => ({
    outcome: 'succeeded',
    failure: null,
    isRestartNeeded,
  });
  const stage = 'install';
  switch (exitMeaning(evidence.exitCodes, end.code)) {
    case 'success':
      return isAbsent
        ? bad(failure('package.absentAfterInstall', {}, { stage: 'verify' }))
        : good(verification.isRestartRequired);
    case 'successRestart':
      // It says itself that it is not done before the restart: absence is judged after it.
      return good(true);
    case 'retryLater':
      return bad(failure('installer.busy', { exitCode: end.code }, { stage, isRetryable: true }));
    case 'anotherVersion':
      return bad(failure('installer.anotherVersion', { exitCode: end.code }, { stage }));
    case 'failed':
      return bad(
        end.kind === 'signal'
          ? failure('installer.signal', { signal: end.signal, tail }, { stage })
          : failure('installer.exitCode', { exitCode: end.code, tail }, { stage }),
      );
  }
}

/** The end as the run's journal keeps it, read back on recovery. */
export function journalledEnd(exitCode: number | null, installFailure: Failure | null): JobEnd | null {
  switch (installFailure?.code) {
    case 'installer.timeout':
      return { kind: 'timeout' };
    case 'installer.interruptedByReboot':
      return { kind: 'interrupted' };
    case 'installer.outcomeUnknown':
      return { kind: 'lost' };
    case 'installer.signal':
      return { kind: 'signal', code: exitCode ?? 0, signal: String(installFailure.params['signal'] ?? '') };
    default:
      return exitCode === null ? null : { kind: 'exit', code: exitCode };
  }
}

/** What to journal beside the exit code, so that `journalledEnd` finds the end again. */
export function installFailureOf(end: JobEnd): Failure | null {
  switch (end.kind) {
    case 'timeout':
      return failure('installer.timeout', {}, { stage: 'install' });
    case 'interrupted':
      return failure('installer.interruptedByReboot', {}, { stage: 'install' });
    case 'lost':
      return failure('installer.outcomeUnknown', {}, { stage: 'install' });
    case 'signal':
      return failure('installer.signal', { signal: end.signal }, { stage: 'install' });
    case 'exit':
      return null;
  }
}
