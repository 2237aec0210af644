import { failed, type Outcome } from '../../domain/failure.ts';
import type { RestartStatus } from '../../job/restart.ts';
import { ok } from '../../shared/result.ts';
import { type AttemptContext, moveTo } from '../attemptContext.ts';
import { pause } from '../sendContent.ts';
import { patienceMs, stageLimitMs } from '../timeLimits.ts';

/** How often a device that waits for its user is asked. */
const askEveryMs = 20_000;
const askWhileRestartingMs = 2000;

/**
 * Restarts the device, or lets its user decide when (B40, B41), and waits until it is back with another boot id.
 * `run.cancelled`: the wait was given up; a restart that was asked for may still come.
 */
export async function restartDevice(context: AttemptContext): Promise<Outcome<null>> {
  const { order, reporter, keeper } = context;
  /** The device has taken the restart over: it may go at any time, also by its user's hand. */
  let hasBegun = order.resume?.state === 'restarting';
  let askedAt: number | null = null;
  let isGone = false;
  const overAt = performance.now() + stageLimitMs.restart;

  for (;;) {
    if (reporter.signal.aborted) return giveUp(context);
    const since = performance.now();
    const until = () => since + (hasBegun ? patienceMs.restartComeBack : patienceMs.restartBegin);
    const status = await keeper.use<RestartStatus>(
      { until, signal: reporter.signal, overAt },
      async (session) => {
        const answer = await session.restart(order.attemptId, order.restart);
        if (answer.ok) return answer;
        const isCut = answer.failure.code === 'check.probeFailed';
        isGone ||= answer.failure.code.startsWith('device.');
        hasBegun ||= isGone || isCut;
        // A device on its way down ends the script in the middle of its answer.
        return isCut
          ? failed('device.connectionLost', { address: order.device.address }, { isRetryable: true })
          : answer;
      },
    );
    if (reporter.signal.aborted) return giveUp(context);
    if (!status.ok) {
      if (status.failure.code === 'device.tooSlow')
        return failed('restart.didNotHappen', {}, { stage: 'restart' });
      const minutes = Math.round(patienceMs.restartComeBack / 60_000);
      return status.failure.code === 'restart.notPermitted' || !hasBegun
        ? status
        : failed('restart.didNotComeBack', { minutes }, { stage: 'restart' });
    }
    hasBegun = true;
    switch (status.value.kind) {
      case 'restarted':
        reporter.activity(null);
        return ok(null);
      case 'waitingForUser':
        reporter.activity('waitingForUser');
        await pause(Math.min(askEveryMs, status.value.secondsLeft * 1000 + 1000), reporter.signal);
        break;
      case 'restarting':
        reporter.activity('waitingForReboot');
        askedAt ??= performance.now();
        // A line that was lost need not have been the restart: it ends all the same.
        if (performance.now() - askedAt > (isGone ? patienceMs.restartComeBack : patienceMs.restartBegin)) {
          return failed('restart.didNotHappen', {}, { stage: 'restart' });
        }
        await pause(askWhileRestartingMs, reporter.signal);
        break;
    }
  }
}

async function giveUp(context: AttemptContext): Promise<Outcome<null>> {
  await moveTo(context, 'cancelling');
  return failed('run.cancelled', {}, { stage: 'restart' });
}
