import { successCodes } from '../../domain/exitCodeMap.ts';
import { failed, type Outcome } from '../../domain/failure.ts';
import type { FollowEvent } from '../../job/followParser.ts';
import { jobLicense } from '../../job/jobLicense.ts';
import { detectionQueryOf } from '../../job/jobTypes.ts';
import { logLimitBytes } from '../../job/shell/runner.ts';
import { type AttemptContext, moveTo } from '../attemptContext.ts';
import type { DeviceSession, InstallerEnd, StartQuestion } from '../deviceSession.ts';
import { patience } from '../patience.ts';
import { createSecretMask } from '../secretMask.ts';
import { longestHashMs, patienceMs, stageLimitMs } from '../timeLimits.ts';

/** The runner's own limit is lower: a device that sends more is not believed to have an installer's log. */
const mostLogBytes = 2 * logLimitBytes;

/** What dpkg, apt, rpm and dnf say while another one holds their lock. */
const lockWords =
  /waiting for (cache |transaction )?lock|is locked by another process|waiting for .*lock to be released/i;

/**
 * B83: starts the installer, unless this attempt's runs already, and follows it to its end over as many
 * connections as that takes. `installer.cancelled`: it was ended on request (B87).
 * @param isStarted this attempt's installer is known to have been started: it is only followed
 */
export async function runInstaller(
  context: AttemptContext,
  isStarted: boolean,
): Promise<Outcome<InstallerEnd>> {
  const { order, reporter, keeper } = context;
  const { installationPackage } = order;
  context.hasTraces = true;
  await moveTo(context, 'installing', { wasPresent: context.wasPresent });

  let hasStarted = isStarted;
  let logOffset = 0;
  let isWaitingForLock = false;
  let isOver = false;
  const limitMs = installationPackage.installTimeoutMs + patienceMs.installBeyondTimeout;
  const overdue = createDeadline();
  /** An installer that says the key does not say it to the log (B101). */
  const mask = createSecretMask(order.license ? [order.license.key] : []);
  const record = (text: string): void => {
    if (text === '') return;
    reporter.log(text);
    context.tail.add(text);
  };
  const onEvent = (event: FollowEvent): void => {
    if (isOver) return;
    if (event.kind === 'started') {
      hasStarted = true;
      overdue.begin(limitMs);
    }
    if (event.kind !== 'log') return;
    logOffset += event.bytes;
    if (logOffset > mostLogBytes) return;
    const text = mask.push(event.text);
    record(text);
    const isWaiting = lockWords.test(text);
    if (isWaiting !== isWaitingForLock) reporter.activity(isWaiting ? 'waitingForLock' : null);
    isWaitingForLock = isWaiting;
  };
  const followOrStart = (session: DeviceSession): Promise<Outcome<InstallerEnd>> =>
    hasStarted
      ? session.follow(
          { attemptId: order.attemptId, detection: detectionQueryOf(installationPackage), logOffset },
          onEvent,
        )
      : session.start(startQuestion(context, logOffset), onEvent);

  const stopping = watchForCancel(context);
  // The device hashes the content first.
  overdue.begin(limitMs + (isStarted ? 0 : longestHashMs));
  const followed = await Promise.race([
    keeper.use(patience(limitMs, context.never, Number.POSITIVE_INFINITY), followOrStart),
    overdue.isOver,
  ]);
  overdue.end();
  isOver = true;
  record(mask.flush());
  const isStopped = await stopping.settle();
  if (isStopped) return failed('installer.cancelled', {}, { stage: 'install' });
  if (followed.ok || !hasStarted) return followed;
  return failed('installer.outcomeUnknown', {}, { stage: 'install' });
}

/**
 * The runner ends an installer at its time, but not one that hangs in the kernel, and a device may say for ever that
 * it is alive: from here it is not known any more what becomes of it.
 */
function createDeadline() {
  const { promise, resolve } = Promise.withResolvers<Outcome<never>>();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => clearTimeout(timer);
  return {
    isOver: promise,
    begin(ms: number): void {
      end();
      timer = setTimeout(() => resolve(failed('installer.outcomeUnknown', {}, { stage: 'install' })), ms);
    },
    end,
  };
}

function startQuestion({ order, plan, uploadFolder }: AttemptContext, logOffset: number): StartQuestion {
  const { installationPackage, attemptId } = order;
  return {
    attemptId,
    content: installationPackage.content,
    uploadFolder,
    script: plan.script,
    environment: plan.environment,
    license: order.license ? jobLicense(order.license) : null,
    timeoutMs: installationPackage.installTimeoutMs,
    successCodes: successCodes(installationPackage.exitCodes),
    detection: detectionQueryOf(installationPackage),
    logOffset,
  };
}

/** While the installer runs: a cancelled run lets it finish (`cancelling` is shown) or ends it. */
function watchForCancel(context: AttemptContext): { settle(): Promise<boolean> } {
  const { reporter, order, keeper } = context;
  let work: Promise<boolean> = Promise.resolve(false);
  const onCancel = (): void => {
    work = work.then(async () => {
      if (context.state === 'installing') await moveTo(context, 'cancelling');
      return false;
    });
  };
  const onKill = (): void => {
    work = work.then(async () => {
      const stopped = await keeper.use(
        patience(patienceMs.check, context.never, stageLimitMs.stop),
        (session) => session.stop(order.attemptId),
      );
      return stopped.ok && (stopped.value === 'stopped' || stopped.value === 'notStarted');
    });
  };
  listen(reporter.signal, onCancel);
  listen(reporter.killSignal, onKill);
  return {
    settle: () => {
      reporter.signal.removeEventListener('abort', onCancel);
      reporter.killSignal.removeEventListener('abort', onKill);
      return work;
    },
  };
}

function listen(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
}
