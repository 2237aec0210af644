import type { Run } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { RunJournal } from '../store/runJournal.ts';
import type { EngineParts } from './engineParts.ts';
import type { RunRows } from './runRows.ts';

/** The run itself: its state in its journal first, then in the store. */
export class RunRecord {
  readonly #parts: EngineParts;
  readonly #journal: RunJournal;
  readonly #rows: RunRows;
  #run: Run;

  constructor(parts: EngineParts, run: Run, rows: RunRows, journal: RunJournal) {
    this.#parts = parts;
    this.#run = run;
    this.#rows = rows;
    this.#journal = journal;
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
    await this.#save(this.#parts.clock.now());
  }

  /** False when the server stops before: the next start ends the run. */
  async end(): Promise<boolean> {
    const at = this.#parts.clock.now();
    const state = this.#run.state === 'cancelling' ? 'cancelled' : 'finished';
    this.#run = { ...this.#run, state, finishedAt: at };
    if (!(await this.#save(at))) return false;
    await this.#journal.close();
    return true;
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  async #save(at: string): Promise<boolean> {
    const { state } = this.#run;
    const { durably, store } = this.#parts;
    return (
      (await durably.do(() => this.#journal.append({ kind: 'run', at, state }))) &&
      (await durably.do(() =>
        store.commit(() =>
          ok({ changes: [{ collection: 'runs', put: [this.run], removed: [] }], value: null }),
        ),
      ))
    );
  }
}
