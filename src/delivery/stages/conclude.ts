import { type Failure, failure, type Outcome } from '../../domain/failure.ts';
import type { Verification } from '../../job/followParser.ts';
import { detectionQueryOf, type JobEnd } from '../../job/jobTypes.ts';
import { type AttemptContext, type AttemptEnd, attemptEnd, moveTo } from '../attemptContext.ts';
import type { InstallerEnd } from '../deviceSession.ts';
import { exitCodeOf, installFailureOf, judgeInstallation } from '../installVerdict.ts';
import { patience } from '../patience.ts';
import { patienceMs, stageLimitMs } from '../timeLimits.ts';
import { restartDevice } from './restart.ts';

/** Journals the installer's end before anything of it is removed, restarts if need be, and gives the verdict. */
export async function conclude(
  context: AttemptContext,
  { end: jobEnd, verification }: InstallerEnd,
): Promise<AttemptEnd> {
  const { order } = context;
  // Recovered behind the decision: what asks for a restart only now is not this installation.
  const isRestartDecided = context.state === 'verifying';
  const verdict = judgeInstallation({
    end: jobEnd,
    verification,
    exitCodes: order.installationPackage.exitCodes,
    wasPresent: context.wasPresent,
    tail: context.tail.text(),
    timeoutMs: order.installationPackage.installTimeoutMs,
  });
  const journal = { exitCode: exitCodeOf(jobEnd), installFailure: installFailureOf(jobEnd) };
  const hasSucceeded = verdict.outcome !== 'failed';
  if (hasSucceeded && verdict.isRestartNeeded && order.restart.kind !== 'doNotRestart') {
    if (isRestartDecided) return attemptEnd(verdict.outcome as 'succeeded', verdict.failure, true);
    await moveTo(context, 'restarting', {
      ...journal,
      bootIdBeforeRestart: verification.bootId ?? context.bootId,
    });
    return restartAndVerify(context, verdict.failure);
  }
  await moveTo(context, 'verifying', journal);
  if (!hasSucceeded) return attemptEnd('failed', verdict.failure);
  return attemptEnd(
    verdict.isRestartNeeded ? 'restartPending' : (verdict.outcome as 'succeeded'),
    verdict.failure,
    true,
  );
}

async function restartAndVerify(context: AttemptContext, warning: Failure | null): Promise<AttemptEnd> {
  const restarted = await restartDevice(context);
  if (!restarted.ok) {
    const { code } = restarted.failure;
    // It is installed; only the restart is still to come.
    if (code === 'run.cancelled' || code === 'restart.notPermitted') {
      return attemptEnd('restartPending', code === 'run.cancelled' ? null : restarted.failure, true);
    }
    return attemptEnd('failed', restarted.failure, true);
  }
  await moveTo(context, 'verifying');
  const verified = await verify(context, patienceMs.restartComeBack);
  if (!verified.ok) return attemptEnd('failed', { ...verified.failure, stage: 'verify' }, true);
  if (verified.value.detection.state === 'absent') {
    return attemptEnd('failed', failure('restart.absentAfterRestart', {}, { stage: 'verify' }));
  }
  return attemptEnd(warning === null ? 'succeeded' : 'succeededWithWarning', warning, true);
}

const verify = (context: AttemptContext, waitMs: number): Promise<Outcome<Verification>> =>
  context.keeper.use(patience(waitMs, context.never, waitMs + stageLimitMs.verify), (session) =>
    session.verify(detectionQueryOf(context.order.installationPackage)),
  );

/** Recovery after the installer's end was journalled: the installer is not asked again. */
export async function concludeJournalled(context: AttemptContext, jobEnd: JobEnd): Promise<AttemptEnd> {
  if (context.state === 'restarting') return restartAndVerify(context, warningOf(jobEnd));
  const verified = await verify(context, patienceMs.restartComeBack);
  if (!verified.ok) return attemptEnd('failed', { ...verified.failure, stage: 'verify' });
  const before = context.order.resume?.bootIdBeforeRestart ?? null;
  if (before !== null && before === verified.value.bootId) return attemptEnd('restartPending', null, true);
  if (before === null) return conclude(context, { end: jobEnd, verification: verified.value });
  const isAbsent = verified.value.detection.state === 'absent';
  if (isAbsent) return attemptEnd('failed', failure('restart.absentAfterRestart', {}, { stage: 'verify' }));
  const warning = warningOf(jobEnd);
  return attemptEnd(warning === null ? 'succeeded' : 'succeededWithWarning', warning, true);
}

const warningOf = (jobEnd: JobEnd): Failure | null =>
  jobEnd.kind === 'timeout'
    ? failure('package.presentAfterTimeout', {}, { stage: 'install' })
    : jobEnd.kind === 'exit'
      ? null
      : installFailureOf(jobEnd);
