import type { Run, RunDevice } from '../../domain/model.ts';
import type { RunRows } from './runRows.ts';
import type { RunShow } from './runShow.ts';
import type { RunSort } from './runSort.ts';
import type { Throughput } from './throughput.ts';

/** The log of one device's attempt, as far as it was read. Lines are sanitised (B102). */
export interface LogState {
  readonly deviceId: string;
  readonly attempt: number | null;
  readonly lines: readonly string[];
  /** Lines that were dropped from the beginning, to keep memory bounded. */
  readonly droppedLines: number;
  readonly isFollowing: boolean;
  /** First line in sight when not following. */
  readonly top: number;
  /** Cells scrolled to the right. */
  readonly left: number;
}

/** The one run that this console watches. */
export interface RunWatch {
  readonly runId: string;
  /** Null until the server has answered. */
  readonly run: Run | null;
  readonly devices: RunRows;
  /** Rows that events brought while the answer to `watchRun` was on its way; null: it is here. */
  readonly early: ReadonlyMap<string, RunDevice> | null;
  readonly view: 'devices' | 'causes' | 'device';
  /** The failure code that the devices are filtered by; null: all. */
  readonly cause: string | null;
  /** The part of the devices that is shown: all, or those in some states. */
  readonly show: RunShow;
  readonly sort: { readonly by: RunSort; readonly isReversed: boolean };
  /** Ids in the order of the run, which is the order of its waves (B90). */
  readonly order: readonly string[];
  readonly throughput: Throughput;
  readonly log: LogState | null;
}
