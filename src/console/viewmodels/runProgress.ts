import { finalStates, isFinal } from '../../domain/attempt.ts';
import type { RemoteInstallationTask, Run } from '../../domain/model.ts';
import { devicesOfShare } from '../../domain/share.ts';
import { waveOf } from '../../domain/waves.ts';
import type { RunRows } from '../state/runRows.ts';
import type { RunWatch } from '../state/runState.ts';
import { estimateRun, type RunEstimate, smoothed } from './runEstimate.ts';

/** Where a run in waves stands (B90); `wave` counts from 1. */
export interface WavePlace {
  readonly wave: number;
  readonly waves: number;
  /** Devices of this wave that have not come to their end. */
  readonly open: number;
}

export interface RunProgress extends RunEstimate {
  /** Null: the run has no waves. */
  readonly place: WavePlace | null;
}

let kept: {
  readonly key: string;
  readonly runId: string;
  readonly nowMs: number;
  progress: RunProgress;
} | null = null;

/**
 * The rate, the remaining time and the wave are reckoned once a second, from all devices; what has ended is of this
 * moment.
 */
export function progressOf(
  watch: RunWatch & { readonly run: Run },
  task: RemoteInstallationTask | undefined,
  now: string,
): RunProgress {
  const { run, devices } = watch;
  const key = `${run.id} ${run.state} ${devices.size} ${now.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}`;
  if (kept?.key !== key) {
    const nowMs = Date.parse(now);
    const pace = {
      concurrency: task?.settings.concurrency ?? 1,
      waveSize:
        task?.settings.waveSize == null ? null : devicesOfShare(task.settings.waveSize, run.deviceCount),
    };
    const fresh = estimateRun(run, devices.rows, nowMs, pace);
    const before = kept?.runId === run.id ? kept : null;
    const remaining =
      before === null
        ? fresh.remaining
        : smoothed(before.progress.remaining, fresh.remaining, nowMs - before.nowMs);
    const place = wavePlace(watch.order, devices, pace.waveSize);
    kept = { key, runId: run.id, nowMs, progress: { ...fresh, remaining, place } };
  }
  const finished = finalStates.reduce((sum, state) => sum + (devices.counts[state] ?? 0), 0);
  return { ...kept.progress, finished };
}

/** The wave that works now is the first that has a device which is not at its end. */
export function wavePlace(
  order: readonly string[],
  devices: Pick<RunRows, 'get'>,
  waveSize: number | null,
): WavePlace | null {
  if (waveSize === null || order.length <= waveSize) return null;
  const waves = waveOf(order.length - 1, waveSize) + 1;
  const isOpen = (id: string) => {
    const device = devices.get(id);
    return device !== undefined && !isFinal(device.state);
  };
  const first = order.findIndex(isOpen);
  if (first === -1) return { wave: waves, waves, open: 0 };
  const wave = waveOf(first, waveSize);
  const open = order.slice(wave * waveSize, (wave + 1) * waveSize).filter(isOpen).length;
  return { wave: wave + 1, waves, open };
}
