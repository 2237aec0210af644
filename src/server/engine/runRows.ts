import type { AttemptProgress, CancelRequest } from '../../delivery/deliveryMethod.ts';
import { isFinal } from '../../domain/attempt.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import { countStates, moveCount } from '../../domain/runCounts.ts';
import type { RunJournal } from '../store/runJournal.ts';
import type { EngineParts } from './engineParts.ts';

/** What the journal keeps about a device beside its row. */
export interface DeviceRecord {
  resume: AttemptProgress | null;
  cancel: CancelRequest | null;
  refusedAccountIds: readonly string[];
  /** B50: the password of sudo, doas or su was sent, and nobody heard the verdict. */
  isRootPasswordUnanswered: boolean;
  /** The license that the present attempt was begun with (B36). */
  licenseId: string | null;
}

/** The rows of a live run: on the disk first, then in memory, then told (B27, architecture). */
export class RunRows {
  readonly runId: string;
  readonly rows: Map<string, RunDevice>;
  readonly counts: Run['counts'];
  readonly #records = new Map<string, DeviceRecord>();
  readonly #parts: EngineParts;
  readonly #journal: RunJournal;
  #open: number;

  constructor(
    parts: EngineParts,
    runId: string,
    journal: RunJournal,
    rows: Iterable<RunDevice>,
    records: Iterable<readonly [string, DeviceRecord]> = [],
  ) {
    this.#parts = parts;
    this.runId = runId;
    this.#journal = journal;
    this.rows = new Map(Array.from(rows, (row) => [row.deviceId, row]));
    for (const [deviceId, record] of records) this.#records.set(deviceId, { ...record });
    this.counts = countStates(this.rows.values());
    this.#open = Array.from(this.rows.values()).filter((row) => !isFinal(row.state)).length;
  }

  /** Devices that are not at their end. */
  get openCount(): number {
    return this.#open;
  }

  get(deviceId: string): RunDevice {
    return this.rows.get(deviceId)!;
  }

  recordOf(deviceId: string): DeviceRecord {
    let record = this.#records.get(deviceId);
    if (!record) {
      record = {
        resume: null,
        cancel: null,
        refusedAccountIds: [],
        isRootPasswordUnanswered: false,
        licenseId: null,
      };
      this.#records.set(deviceId, record);
    }
    return record;
  }

  /** False when the server stops before the row is on the disk: then nobody hears of it. */
  async write(row: RunDevice): Promise<boolean> {
    const at = this.#parts.clock.now();
    const record = { ...this.recordOf(row.deviceId) };
    const isWritten = await this.#parts.durably.do(() =>
      this.#journal.append({ kind: 'device', at, device: row, ...record }),
    );
    if (isWritten) this.#take(row);
    return isWritten;
  }

  /** A change that is not worth the disk: what the stage is doing at the moment. */
  show(deviceId: string, part: Partial<Pick<RunDevice, 'activity' | 'accountId'>>): void {
    const row = { ...this.get(deviceId), ...part };
    this.rows.set(deviceId, row);
    this.#parts.events.rowChanged(this.runId, row);
  }

  progress(deviceId: string, sentBytes: number, totalBytes: number): void {
    const row = this.get(deviceId);
    if (isFinal(row.state) || (row.sentBytes === sentBytes && row.totalBytes === totalBytes)) return;
    this.rows.set(deviceId, { ...row, sentBytes, totalBytes });
    this.#parts.events.progressed(this.runId, deviceId, sentBytes, totalBytes);
  }

  /** Figures that arrived while the row was being written are newer than the row's. */
  #take(written: RunDevice): void {
    const before = this.get(written.deviceId);
    const isSameAttempt = before.attemptId === written.attemptId && before.state !== 'waiting';
    const { sentBytes, totalBytes } = isSameAttempt ? before : written;
    const accountId = isSameAttempt ? before.accountId : written.accountId;
    const row = { ...written, sentBytes, totalBytes, accountId };
    this.rows.set(row.deviceId, row);
    moveCount(this.counts, before.state, row.state);
    if (isFinal(row.state) && !isFinal(before.state)) this.#open--;
    this.#parts.events.rowChanged(this.runId, row);
  }
}
