import type { Run, RunDevice } from '../../domain/model.ts';
import { moveCount } from '../../domain/runCounts.ts';
import { RowMap } from './rowMap.ts';

/** A device as a row of a list. */
export interface RunRow {
  readonly id: string;
  readonly device: RunDevice;
}

/**
 * The devices of a run, and what is drawn of all of them, kept with each change: walking ten thousand devices ten times
 * a second for every figure would be most of a frame.
 */
export class RunRows extends RowMap<RunDevice> {
  #list: RunRow[] = [];
  #counts: Run['counts'] = {};
  /** With a failure, whatever their state. */
  #troubled = new Map<string, RunDevice>();
  #ownsTroubled = true;
  #movedBytes = 0;

  static of(devices: Iterable<RunDevice>): RunRows {
    const rows = new RunRows();
    for (const device of devices) rows.set(device.deviceId, device);
    return rows;
  }

  get list(): readonly RunRow[] {
    return this.#list;
  }

  /** How many devices are in each state; states with none are left out. */
  get counts(): Run['counts'] {
    return this.#counts;
  }

  get troubled(): Iterable<RunDevice> {
    return this.#troubled.values();
  }

  /** All bytes that arrived on devices since these rows were made. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  override copy(): RunRows {
    const copy = new RunRows();
    copy.share(this);
    copy.#list = this.#list.slice();
    copy.#counts = { ...this.#counts };
    copy.#troubled = this.#troubled;
    copy.#movedBytes = this.#movedBytes;
    this.#ownsTroubled = false;
    copy.#ownsTroubled = false;
    return copy;
  }

  override set(id: string, device: RunDevice): number {
    const before = this.get(id);
    const place = super.set(id, device);
    this.#list[place] = { id, device };
    if (before !== undefined) this.#movedBytes += movedBetween(before, device);
    if (before === undefined) this.#counts[device.state] = (this.#counts[device.state] ?? 0) + 1;
    else if (before.state !== device.state) moveCount(this.#counts, before.state, device.state);
    if (device.failure !== null || (before !== undefined && before.failure !== null))
      this.#noteTrouble(id, device);
    return place;
  }

  #noteTrouble(id: string, device: RunDevice): void {
    if (!this.#ownsTroubled) this.#troubled = new Map(this.#troubled);
    this.#ownsTroubled = true;
    if (device.failure === null) this.#troubled.delete(id);
    else this.#troubled.set(id, device);
  }
}

/** An attempt that begins anew counts its bytes from zero. */
function movedBetween(before: RunDevice, after: RunDevice): number {
  const known = before.attemptId === after.attemptId ? before.sentBytes : 0;
  return Math.max(0, after.sentBytes - known);
}
