import { failed, failure, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { AttemptContext } from '../attemptContext.ts';
import type { DeviceSession, Upload } from '../deviceSession.ts';
import { patience } from '../patience.ts';
import { pause } from '../sendContent.ts';
import { patienceMs, stageLimitMs } from '../timeLimits.ts';

/** Rounds in which the device took not one byte more. */
const mostIdleRounds = 3;

/**
 * B84: brings the content to the device, going on after a cut from the bytes that are there. `isFresh`: nothing
 * of it is there, so the device need not be asked.
 */
export async function transferContent(
  context: AttemptContext,
  knownBytes: number,
  isFresh: boolean,
): Promise<Outcome<null>> {
  const { order, reporter, keeper } = context;
  const { content } = order.installationPackage;
  let offset = knownBytes;
  let isOffsetKnown = isFresh || knownBytes > 0;
  let idleRounds = 0;
  let until = performance.now() + patienceMs.transfer;
  const overAt =
    performance.now() + stageLimitMs.transfer(order.installationPackage, order.bandwidthBytesPerSecond);
  context.hasTraces = true;

  const round = async (session: DeviceSession): Promise<Outcome<boolean>> => {
    const upload: Upload = {
      content,
      attemptId: order.attemptId,
      contentPath: order.contentPath,
      offset,
      bytesPerSecond: order.bandwidthBytesPerSecond,
      signal: reporter.signal,
      onProgress: (bytes) => {
        until = performance.now() + patienceMs.transfer;
        reporter.progress(bytes, content.sizeBytes);
      },
    };
    const received = isOffsetKnown ? await session.receive(upload) : await session.partOf(upload);
    if (!received.ok) {
      // What was on its way when the line broke may be there or not.
      isOffsetKnown = false;
      return received;
    }
    context.uploadFolder = received.value.uploadFolder;
    idleRounds = isOffsetKnown && received.value.bytes <= offset ? idleRounds + 1 : 0;
    offset = Math.min(received.value.bytes, content.sizeBytes);
    isOffsetKnown = true;
    return ok(offset === content.sizeBytes);
  };

  for (;;) {
    if (reporter.signal.aborted) return failed('run.cancelled');
    const isComplete = await keeper.use({ until: () => until, signal: reporter.signal, overAt }, round);
    if (reporter.signal.aborted) return failed('run.cancelled');
    if (!isComplete.ok) return fail({ ...isComplete.failure, stage: 'transfer' });
    if (isComplete.value) {
      reporter.progress(content.sizeBytes, content.sizeBytes);
      return ok(null);
    }
    if (idleRounds >= mostIdleRounds) {
      return fail(failure('transfer.failed', { detail: '' }, { stage: 'transfer', isRetryable: true }));
    }
  }
}

const mostCleanings = 4;
const cleanAgainMs = 250;

/** B84: takes away what the attempt left on the device. A device that is away keeps it until the next attempt. */
export async function cleanDevice(context: AttemptContext, isContentDone: boolean): Promise<void> {
  if (!context.hasTraces || context.isRootRefused) return;
  const { attemptId, installationPackage } = context.order;
  const sha256 = isContentDone ? installationPackage.content.sha256 : null;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patienceMs.clean);
  const clean = async (): Promise<void> => {
    for (let attempts = 1; !limit.signal.aborted; attempts++) {
      const cleaned = await context.keeper.use(
        patience(patienceMs.clean, limit.signal, patienceMs.clean),
        (session) => session.clean(attemptId, sha256, context.uploadFolder),
      );
      // The runner's last processes may still be on their way out of the folder.
      if (!cleaned.ok || cleaned.value || attempts === mostCleanings) return;
      await pause(cleanAgainMs * attempts, limit.signal);
    }
  };
  await Promise.race([
    clean(),
    new Promise((resolve) => limit.signal.addEventListener('abort', resolve, { once: true })),
  ]);
  clearTimeout(timer);
}
