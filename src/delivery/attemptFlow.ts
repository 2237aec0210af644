import { isInstallerStarted } from '../domain/attempt.ts';
import { type Failure, failure } from '../domain/failure.ts';
import { detectionQueryOf } from '../job/jobTypes.ts';
import { isJobEnd } from '../job/report.ts';
import type { InstallPlan } from '../packages/packageFormat.ts';
import {
  type AttemptContext,
  type AttemptEnd,
  attemptEnd,
  cancelledEnd,
  createAttemptContext,
  moveTo,
} from './attemptContext.ts';
import { decideCheck } from './checkDecision.ts';
import type { AttemptOrder, AttemptReporter } from './deliveryMethod.ts';
import type { InstallerEnd, SessionOpener } from './deviceSession.ts';
import { journalledEnd } from './installVerdict.ts';
import { firstPatience, patience } from './patience.ts';
import { conclude, concludeJournalled } from './stages/conclude.ts';
import { runInstaller } from './stages/install.ts';
import { cleanDevice, transferContent } from './stages/transfer.ts';
import { patienceMs, stageLimitMs } from './timeLimits.ts';

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
    // What proves that an installer was started stays until the journal says how it ended.
    const isEndOpen = context.state === 'installing' || context.state === 'cancelling';
    const cleaning = isEndOpen ? null : cleanDevice(context, end.isContentDone);
    await moveTo(context, end.state, { failure: end.failure });
    await (cleaning ?? cleanDevice(context, end.isContentDone));
  } finally {
    context.keeper.drop();
  }
}

const outcomeUnknown = (): AttemptEnd =>
  attemptEnd('failed', failure('installer.outcomeUnknown', {}, { stage: 'install' }));

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
  if (reporter.signal.aborted && !wasStarted) return stop(cancelledEnd());

  await moveTo(context, 'connecting');
  const checkMs = stageLimitMs.check(installationPackage);
  const first = firstPatience(reporter.signal, checkMs);
  const waitMs = installationPackage.installTimeoutMs + patienceMs.installBeyondTimeout;
  const untilFound = wasStarted ? patience(waitMs, context.never, waitMs + checkMs) : first;
  let accountId: string | null = null;
  const probe = await keeper.use(untilFound, async (session) => {
    first.isIn = true;
    accountId = session.accountId;
    await moveTo(context, 'checking');
    return session.probe({
      tools: Array.from(new Set(plan.tools.flat())),
      detection: detectionQueryOf(installationPackage),
      content: installationPackage.content,
      attemptId: order.attemptId,
    });
  });
  if (reporter.signal.aborted && !wasStarted) return stop(cancelledEnd());
  if (!probe.ok) {
    context.isRootRefused = isRootPasswordSpent(probe.failure);
    return stop(unreached(context, probe.failure));
  }
  const { job, facts, content, detection } = probe.value;
  context.facts = facts;
  context.bootId ??= facts.bootId;

  if (job.kind === 'running' || isJobEnd(job)) {
    return { kind: 'ready', isStarted: true, knownBytes: null, isFresh: false };
  }
  const isSomebodyElse = accountId !== (order.installerAccountId ?? accountId);
  if (wasStarted && isSomebodyElse) return stop(outcomeUnknown());
  // Cancelled while nothing ran, and the device says that nothing did: it must not start now.
  if (context.state === 'cancelling') return stop(cancelledEnd());
  context.wasPresent = detection?.state === 'present';
  const decision = decideCheck({
    probe: probe.value,
    installationPackage,
    plan,
    skipIfInstalled: order.skipIfInstalled && !wasStarted,
    verifyPlatform: order.verifyPlatform,
  });
  if (decision.kind === 'skip') return stop(attemptEnd('skipped', decision.failure, true));
  if (decision.kind === 'refuse') return stop(attemptEnd('failed', decision.failure));
  const knownBytes = content?.kind === 'complete' ? null : (content?.bytes ?? 0);
  return { kind: 'ready', isStarted: false, knownBytes, isFresh: order.resume === null };
}

const isRootPasswordSpent = ({ code }: Failure): boolean =>
  code === 'become.refused' || code === 'become.unanswered';

/** Not to be reached: unreachable before the installer, unknown after it. */
function unreached(context: AttemptContext, reason: Failure): AttemptEnd {
  if (isInstallerStarted(context.state)) return outcomeUnknown();
  const stage = reason.stage ?? (context.state === 'connecting' ? 'connect' : 'check');
  return attemptEnd(reason.code.startsWith('device.') ? 'unreachable' : 'failed', { ...reason, stage });
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
      if (!transferred.ok) return stop(notTransferred(context, transferred.failure));
    }
    if (reporter.signal.aborted && !ready.isStarted && context.state !== 'installing')
      return stop(cancelledEnd());
    const installed = await runInstaller(context, ready.isStarted);
    if (installed.ok) return { kind: 'installed', installerEnd: installed.value };
    // What came did not match and was thrown away: sent once more, from the first byte.
    if (installed.failure.code === 'transfer.hashMismatch' && !isAgain) {
      knownBytes = 0;
      isFresh = true;
      continue;
    }
    if (installed.failure.code === 'installer.cancelled')
      return stop(attemptEnd('cancelled', installed.failure, true));
    return stop(attemptEnd('failed', installed.failure));
  }
}

function notTransferred(context: AttemptContext, reason: Failure): AttemptEnd {
  if (context.reporter.signal.aborted && context.state !== 'installing') return cancelledEnd();
  const isAway = reason.code.startsWith('device.') && context.state === 'transferring';
  return attemptEnd(isAway ? 'unreachable' : 'failed', reason);
}
