import { isInstallerStarted } from '../domain/attempt.ts';
import { type Failure, failure, type Outcome } from '../domain/failure.ts';
import type { Verification } from '../job/followParser.ts';
import { detectionQueryOf, type JobEnd } from '../job/jobTypes.ts';
import { isJobEnd } from '../job/report.ts';
import type { InstallPlan } from '../packages/packageFormat.ts';
import {
  type AttemptContext,
  type AttemptEnd,
  createAttemptContext,
  firstPatience,
  moveTo,
  patience,
  patienceMs,
} from './attemptContext.ts';
import { decideCheck } from './checkDecision.ts';
import type { AttemptOrder, AttemptReporter } from './deliveryMethod.ts';
import type { InstallerEnd, SessionOpener } from './deviceSession.ts';
import { exitCodeOf, installFailureOf, journalledEnd, judgeInstallation } from './installVerdict.ts';
import { runInstaller } from './stages/install.ts';
import { restartDevice } from './stages/restart.ts';
import { cleanDevice, transferContent } from './stages/transfer.ts';

/**
 * One attempt from its first connection to its final transition, over any kind of session. Never throws for what
 * a device does. Recovery runs it again with the same attempt id: it goes on at the stage that the journal and
 * the device's job directory tell (B83).
 */
export async function runAttempt(
  order: AttemptOrder,
  reporter: AttemptReporter,
  plan: InstallPlan,
  opener: SessionOpener,
): Promise<void> {
  const context = createAttemptContext(order, reporter, plan, opener);
  try {
    const end = await workThrough(context);
    // The installer's end is in the journal: the device is cleaned while the end is told.
    const cleaning = cleanDevice(context, end.isContentDone);
    await moveTo(context, end.state, { failure: end.failure });
    await cleaning;
  } finally {
    context.keeper.drop();
  }
}

const end = (state: AttemptEnd['state'], reason: Failure | null, isContentDone = false): AttemptEnd => ({
  state,
  failure: reason,
  isContentDone,
});
const cancelled = (): AttemptEnd => end('cancelled', failure('run.cancelled'), true);

async function workThrough(context: AttemptContext): Promise<AttemptEnd> {
  const { order } = context;
  const journalled = journalledEnd(order.resume?.exitCode ?? null, order.resume?.installFailure ?? null);
  if (journalled !== null) return concludeJournalled(context, journalled);

  const ready = await prepare(context);
  if (ready.kind === 'end') return ready.end;
  const installed = await install(context, ready);
  return installed.kind === 'end' ? installed.end : conclude(context, installed.installerEnd);
}

type Prepared =
  | { readonly kind: 'end'; readonly end: AttemptEnd }
  /** The installer may be started, or was; `knownBytes` null: the content is there. */
  | {
      readonly kind: 'ready';
      readonly isStarted: boolean;
      readonly knownBytes: number | null;
      readonly isFresh: boolean;
    };

/** Connects and checks (B91): nothing is written to the device. */
async function prepare(context: AttemptContext): Promise<Prepared> {
  const { order, reporter, keeper, plan } = context;
  const { installationPackage } = order;
  const wasStarted = isInstallerStarted(context.state);
  const stop = (value: AttemptEnd): Prepared => ({ kind: 'end', end: value });
  if (reporter.signal.aborted && !wasStarted) return stop(cancelled());

  await moveTo(context, 'connecting');
  const first = firstPatience(reporter.signal);
  const waitMs = installationPackage.installTimeoutMs + patienceMs.installBeyondTimeout;
  const probe = await keeper.use(wasStarted ? patience(waitMs, context.never) : first, async (session) => {
    first.isIn = true;
    await moveTo(context, 'checking');
    return session.probe({
      tools: Array.from(new Set(plan.tools.flat())),
      detection: detectionQueryOf(installationPackage),
      content: installationPackage.content,
      attemptId: order.attemptId,
    });
  });
  if (reporter.signal.aborted && !wasStarted) return stop(cancelled());
  if (!probe.ok) return stop(unreached(context, probe.failure));
  const { job, facts, content, detection } = probe.value;
  context.facts = facts;
  context.bootId ??= facts.bootId;

  if (job.kind === 'running' || isJobEnd(job)) {
    return { kind: 'ready', isStarted: true, knownBytes: null, isFresh: false };
  }
  // Cancelled while nothing ran, and the device says that nothing did: it must not start now.
  if (context.state === 'cancelling') return stop(cancelled());
  context.wasPresent = detection?.state === 'present';
  const decision = decideCheck({
    probe: probe.value,
    installationPackage,
    plan,
    skipIfInstalled: order.skipIfInstalled && !wasStarted,
    verifyPlatform: order.verifyPlatform,
  });
  if (decision.kind === 'skip') return stop(end('skipped', decision.failure, true));
  if (decision.kind === 'refuse') return stop(end('failed', decision.failure));
  const knownBytes = content?.kind === 'complete' ? null : (content?.bytes ?? 0);
  return { kind: 'ready', isStarted: false, knownBytes, isFresh: order.resume === null };
}

/** Not to be reached: unreachable before the installer, unknown after it. */
function unreached(context: AttemptContext, reason: Failure): AttemptEnd {
  if (isInstallerStarted(context.state)) {
    return end('failed', failure('installer.outcomeUnknown', {}, { stage: 'install' }));
  }
  const stage = reason.stage ?? (context.state === 'connecting' ? 'connect' : 'check');
  return end(reason.code.startsWith('device.') ? 'unreachable' : 'failed', { ...reason, stage });
}

type Installed =
  | { readonly kind: 'end'; readonly end: AttemptEnd }
  | { readonly kind: 'installed'; readonly installerEnd: InstallerEnd };

async function install(
  context: AttemptContext,
  ready: Extract<Prepared, { kind: 'ready' }>,
): Promise<Installed> {
  const { reporter } = context;
  const stop = (value: AttemptEnd): Installed => ({ kind: 'end', end: value });
  let { knownBytes } = ready;
  let isFresh = ready.isFresh;
  for (let isAgain = false; ; isAgain = true) {
    if (knownBytes !== null) {
      await moveTo(context, 'transferring');
      const transferred = await transferContent(context, knownBytes, isFresh);
      if (!transferred.ok) return stop(notTransferred(context, transferred));
    }
    if (reporter.signal.aborted && !ready.isStarted && context.state !== 'installing')
      return stop(cancelled());
    const installed = await runInstaller(context, ready.isStarted);
    if (installed.ok) return { kind: 'installed', installerEnd: installed.value };
    // What came did not match and was thrown away: sent once more, from the first byte.
    if (installed.failure.code === 'transfer.hashMismatch' && !isAgain) {
      knownBytes = 0;
      isFresh = true;
      continue;
    }
    if (installed.failure.code === 'installer.cancelled')
      return stop(end('cancelled', installed.failure, true));
    return stop(end('failed', installed.failure));
  }
}

function notTransferred(context: AttemptContext, outcome: Extract<Outcome<null>, { ok: false }>): AttemptEnd {
  if (context.reporter.signal.aborted && context.state !== 'installing') return cancelled();
  const reason = outcome.failure;
  const isAway = reason.code.startsWith('device.') && context.state === 'transferring';
  return end(isAway ? 'unreachable' : 'failed', reason);
}

/** Journals the installer's end before anything of it is removed, restarts if need be, and gives the verdict. */
async function conclude(
  context: AttemptContext,
  { end: jobEnd, verification }: InstallerEnd,
): Promise<AttemptEnd> {
  const { order } = context;
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
    await moveTo(context, 'restarting', {
      ...journal,
      bootIdBeforeRestart: verification.bootId ?? context.bootId,
    });
    return restartAndVerify(context, verdict.failure);
  }
  await moveTo(context, 'verifying', journal);
  if (!hasSucceeded) return end('failed', verdict.failure);
  return end(
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
      return end('restartPending', code === 'run.cancelled' ? null : restarted.failure, true);
    }
    return end('failed', restarted.failure, true);
  }
  await moveTo(context, 'verifying');
  const verified = await verify(context, patienceMs.restartComeBack);
  if (!verified.ok) return end('failed', { ...verified.failure, stage: 'verify' }, true);
  if (verified.value.detection.state === 'absent') {
    return end('failed', failure('restart.absentAfterRestart', {}, { stage: 'verify' }));
  }
  return end(warning === null ? 'succeeded' : 'succeededWithWarning', warning, true);
}

const verify = (context: AttemptContext, waitMs: number): Promise<Outcome<Verification>> =>
  context.keeper.use(patience(waitMs, context.never), (session) =>
    session.verify(detectionQueryOf(context.order.installationPackage)),
  );

/** Recovery after the installer's end was journalled: the installer is not asked again. */
async function concludeJournalled(context: AttemptContext, jobEnd: JobEnd): Promise<AttemptEnd> {
  if (context.state === 'restarting') return restartAndVerify(context, warningOf(jobEnd));
  const verified = await verify(context, patienceMs.restartComeBack);
  if (!verified.ok) return end('failed', { ...verified.failure, stage: 'verify' });
  const before = context.order.resume?.bootIdBeforeRestart ?? null;
  if (before !== null && before === verified.value.bootId) return end('restartPending', null, true);
  if (before === null) return conclude(context, { end: jobEnd, verification: verified.value });
  const isAbsent = verified.value.detection.state === 'absent';
  if (isAbsent) return end('failed', failure('restart.absentAfterRestart', {}, { stage: 'verify' }));
  const warning = warningOf(jobEnd);
  return end(warning === null ? 'succeeded' : 'succeededWithWarning', warning, true);
}

const warningOf = (jobEnd: JobEnd): Failure | null =>
  jobEnd.kind === 'timeout'
    ? failure('package.presentAfterTimeout', {}, { stage: 'install' })
    : jobEnd.kind === 'exit'
      ? null
      : installFailureOf(jobEnd);
