import type { Low } from 'lowdb';
import type { Failure, Outcome } from '../../domain/failure.ts';
import type { Change, Model } from '../../domain/model.ts';
import type { Clock } from '../../shared/clock.ts';
import { ok } from '../../shared/result.ts';
import type { ChangeJournal } from './changeJournal.ts';
import type { DataFolderLock } from './dataFolderLock.ts';
import { type GroupCommit, groupCommit } from './groupCommit.ts';
import { applyChanges, checkChanges, type StoredModel } from './modelChanges.ts';
import type { StoreDocument } from './snapshotAdapter.ts';
import { type SnapshotSchedule, scheduleSnapshots } from './snapshotSchedule.ts';
import type { Store } from './store.ts';
import { currentSnapshot } from './storeNames.ts';
import { writeFailure } from './writeFailure.ts';

interface Commit {
  readonly seq: number;
  readonly changes: readonly Change[];
  readonly model: StoredModel;
}

type Listener = (seq: number, changes: readonly Change[]) => void;

export interface StoreParts {
  readonly low: Low<StoreDocument>;
  readonly journal: ChangeJournal;
  /** Seq of a good store.json; null: there is none. */
  readonly snapshotSeq: number | null;
  readonly notices: readonly Failure[];
  readonly clock: Clock;
  readonly snapshotIntervalMs: number;
  /** Released on close; null: the caller's. */
  readonly lock: DataFolderLock | null;
}

/** The store behind lowdb: `low.data` is what is durable; commits run ahead of it on a draft. */
export class LowdbStore implements Store {
  readonly #low: Low<StoreDocument>;
  readonly #journal: ChangeJournal;
  readonly #lock: DataFolderLock | null;
  readonly #loadNotices: readonly Failure[];
  readonly #commits: GroupCommit<Commit>;
  readonly #schedule: SnapshotSchedule;
  readonly #listeners = new Set<Listener>();
  #draft: { readonly seq: number; readonly model: StoredModel };
  #snapshotSeq: number | null;
  #snapshotFailure: Failure | null = null;
  #isClosed = false;

  constructor(parts: StoreParts) {
    this.#low = parts.low;
    this.#journal = parts.journal;
    this.#lock = parts.lock;
    this.#loadNotices = parts.notices;
    this.#draft = parts.low.data;
    this.#snapshotSeq = parts.snapshotSeq;
    this.#commits = groupCommit(
      (commits) => this.#write(commits),
      () => {
        this.#draft = this.#low.data;
      },
    );
    this.#schedule = scheduleSnapshots(() => this.#takeSnapshot(), parts.snapshotIntervalMs, parts.clock);
    if (this.#snapshotSeq !== this.seq) this.#schedule.request();
  }

  get model(): Model {
    return this.#low.data.model;
  }

  get seq(): number {
    return this.#low.data.seq;
  }

  get storeId(): string {
    return this.#low.data.storeId;
  }

  get notices(): readonly Failure[] {
    return this.#snapshotFailure === null ? this.#loadNotices : [...this.#loadNotices, this.#snapshotFailure];
  }

  async commit<T>(
    build: (draft: Model) => Outcome<{ changes: readonly Change[]; value: T }>,
  ): Promise<Outcome<T>> {
    if (this.#isClosed) throw new Error('the store is closed');
    const built = build(this.#draft.model);
    if (!built.ok) return built;
    if (built.value.changes.length === 0) return ok(built.value.value);
    const changes = checkChanges(built.value.changes);
    const commit = {
      seq: this.#draft.seq + 1,
      changes,
      model: applyChanges(this.#draft.model, changes),
    };
    this.#draft = commit;
    const written = await this.#commits.submit(commit);
    return written.ok ? ok(built.value.value) : written;
  }

  onCommitted(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#schedule.stop();
    await this.#commits.idle();
    await this.#takeSnapshot();
    await this.#journal.close().catch(() => {});
    await this.#lock?.release();
  }

  async #write(commits: readonly Commit[]): Promise<Outcome<void>> {
    const written = await this.#journal.append({
      seq: commits[0]!.seq,
      commits: commits.map(({ changes }) => changes as never),
    });
    if (!written.ok) return written;
    for (const { seq, model, changes } of commits) {
      this.#low.data = { ...this.#low.data, seq, model };
      for (const listener of this.#listeners) this.#tell(listener, seq, changes);
    }
    this.#schedule.request();
    return written;
  }

  /** A listener that throws is a bug of its own: it must not turn a durable commit into a failed one. */
  #tell(listener: Listener, seq: number, changes: readonly Change[]): void {
    try {
      listener(seq, changes);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** @returns false when it failed; the journal then still holds every change */
  async #takeSnapshot(): Promise<boolean> {
    try {
      const writing = await this.#commits.between(async () => {
        const { seq } = this.#low.data;
        if (seq === this.#snapshotSeq) return null;
        await this.#journal.rotate(seq);
        // lowdb hands the adapter the document of this moment; commits go on while it is written.
        return {
          seq,
          outcome: this.#low.write().then(
            () => null,
            (error: unknown) => ({ error }),
          ),
        };
      });
      if (writing === null) return true;
      const problem = await writing.outcome;
      if (problem !== null) throw problem.error;
      this.#snapshotSeq = writing.seq;
      this.#snapshotFailure = null;
      return true;
    } catch (error) {
      this.#snapshotFailure = writeFailure(error, currentSnapshot);
      return false;
    }
  }
}
