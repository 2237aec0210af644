import type { Connection } from '../../client/connection.ts';
import { isFinal } from '../../domain/attempt.ts';
import type { Failure, Outcome } from '../../domain/failure.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import type { ServerEvent } from '../../protocol/events.ts';
import { ok } from '../../shared/result.ts';
import type { RunProgress } from './runProgress.ts';

export type FollowedRun =
  | { readonly kind: 'finished'; readonly run: Run; readonly devices: readonly RunDevice[] }
  /** The watcher left; the run goes on. */
  | { readonly kind: 'left' };

const isOver = (run: Run): boolean => run.state === 'finished' || run.state === 'cancelled';

/** Watches a run to its end, or until `left` is aborted. `isNew`: it was started a moment ago, by
 * this command. Failures: whatever ends the line. */
export async function followRun(
  connection: Connection,
  runId: string,
  progress: RunProgress,
  left: AbortSignal,
  isNew = false,
): Promise<Outcome<FollowedRun>> {
  // Events may come before the answer that they follow: they wait for it.
  const early: ServerEvent[] = [];
  let take = (event: ServerEvent): void => void early.push(event);
  const ends: (() => void)[] = [connection.onEvent((event) => take(event))];
  try {
    const watched = await connection.call('watchRun', { runId });
    if (!watched.ok) return watched;
    let { run } = watched.value;
    const devices = new Map(watched.value.devices.map((device) => [device.deviceId, device]));
    progress.begun(run, watched.value.devices, isNew);
    if (!isOver(run)) {
      const end = await new Promise<Failure | 'over' | 'left'>((resolve) => {
        ends.push(connection.onClosed(resolve));
        left.addEventListener('abort', () => resolve('left'), { once: true });
        if (left.aborted) resolve('left');
        take = (event) => {
          run = reduce(event, run, devices, progress);
          if (isOver(run)) resolve('over');
        };
        for (const event of early) take(event);
      });
      if (end === 'left') return ok({ kind: 'left' });
      if (end !== 'over') return { ok: false, failure: end };
    }
    // The end of the run and its last rows travel as different events: ask once more for both.
    const last = await connection.call('watchRun', { runId });
    if (!last.ok) return last;
    for (const device of last.value.devices) reportEnd(devices.get(device.deviceId), device, progress);
    await connection.call('unwatchRun', { runId });
    return ok({ kind: 'finished', run: last.value.run, devices: last.value.devices });
  } finally {
    for (const stop of ends) stop();
    progress.ended();
  }
}

function reportEnd(before: RunDevice | undefined, now: RunDevice, progress: RunProgress): void {
  if (isFinal(now.state) && (before === undefined || !isFinal(before.state))) progress.deviceEnded(now);
}

/** Applies one event to the live rows; answers the run as it is then. */
function reduce(event: ServerEvent, run: Run, devices: Map<string, RunDevice>, progress: RunProgress): Run {
  let now = run;
  if (event.event === 'changed') {
    for (const change of event.changes)
      if (change.collection === 'runs') now = change.put.find(({ id }) => id === run.id) ?? now;
  } else if (event.event === 'runDevicesChanged' && event.runId === run.id) {
    for (const device of event.devices) {
      const before = devices.get(device.deviceId);
      devices.set(device.deviceId, device);
      reportEnd(before, device, progress);
    }
  } else if (event.event === 'runProgressed' && event.runId === run.id) {
    for (const [deviceId, sentBytes, totalBytes] of event.progress) {
      const device = devices.get(deviceId);
      if (device !== undefined) devices.set(deviceId, { ...device, sentBytes, totalBytes });
    }
  } else return run;
  progress.changed(now, devices);
  return now;
}
