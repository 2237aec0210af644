import type { Run } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { RunJournal } from '../store/runJournal.ts';
import type { EngineParts } from './engineParts.ts';
import type { RunPlan } from './runPlan.ts';
import type { RunRows } from './runRows.ts';

/** The run itself: its state in its journal first, then in the store. */
export class RunRecord {
  readonly #parts: EngineParts;
  readonly #journal: RunJournal;
  readonly #rows: RunRows;
  readonly #plan: RunPlan | null;
  #run: Run;

  constructor(parts: EngineParts, run: Run, rows: RunRows, journal: RunJournal, plan: RunPlan | null) {
    this.#parts = parts;
    this.#run = run;
    this.#rows = rows;
    this.#journal = journal;
    this.#plan = plan;
  }

  /** With the newest counts. */
  get run(): Run {
    return { ...this.#run, counts: { ...this.#rows.counts } };
  }

  get state(): Run['state'] {
    return this.#run.state;
  }

  async setCancelling(): Promise<void> {
    if (this.#run.state !== 'running') return;
    this.#run = { ...this.#run, state: 'cancelling' };
    if (await this.#append(this.#parts.clock.now())) await this.#commit();
  }

  /** False when the server stops before: the next start ends the run. */
  async end(): Promise<boolean> {
    const at = this.#parts.clock.now();
    const state = this.#run.state === 'cancelling' ? 'cancelled' : 'finished';
    this.#run = { ...this.#run, state, finishedAt: at };
    if (!(await this.#append(at))) return false;
    await this.#compact(at);
    if (!(await this.#commit())) return false;
    await this.#journal.close();
    return true;
  }

  /** Nothing but the end of each device is asked for from now on. Before the store knows: the last that is written there. */
  async #compact(at: string): Promise<void> {
    const { run } = this;
    const devices = [...this.#rows.rows.values()];
    const compacted = await this.#journal.compact([
      { kind: 'started', at: run.startedAt, run, devices, plan: this.#plan },
      { kind: 'run', at, state: run.state },
    ]);
    if (!compacted.ok)
      this.#parts.log.error(`journal of run ${run.number} stays long: ${compacted.failure.code}`);
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  #append(at: string): Promise<boolean> {
    const { state } = this.#run;
    return this.#parts.durably.do(() => this.#journal.append({ kind: 'run', at, state }));
  }

  #commit(): Promise<boolean> {
    const { durably, store } = this.#parts;
    return durably.do(() =>
      store.commit(() =>
        ok({ changes: [{ collection: 'runs', put: [this.run], removed: [] }], value: null }),
      ),
    );
  }
}
