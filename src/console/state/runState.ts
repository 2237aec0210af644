import type { Run, RunDevice } from '../../domain/model.ts';
import type { LogState } from './logState.ts';
import type { RunRows } from './runRows.ts';
import type { RunShow } from './runShow.ts';
import type { RunSort } from './runSort.ts';
import type { Throughput } from './throughput.ts';

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
