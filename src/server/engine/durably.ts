import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from '../../domain/failure.ts';
import type { ServerLog } from '../serverLog.ts';

/** Repeats a refused write (a full disk) until it holds: the run stands still meanwhile, nothing is skipped. */
export class DurableWrites {
  readonly #log: ServerLog;
  readonly #retryMs: number;
  readonly #stopping = new AbortController();

  constructor(log: ServerLog, retryMs: number) {
    this.#log = log;
    this.#retryMs = retryMs;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** From now on no write is begun, and those that wait give up. */
  stop(): void {
    this.#stopping.abort();
  }

  /** True when the write is on the disk; false when the server stops before. */
  async do(write: () => Promise<Outcome<unknown>>): Promise<boolean> {
    while (!this.isStopping) {
      const outcome = await write();
      if (outcome.ok) return true;
      this.#log.error(`a write is refused, trying again: ${outcome.failure.code}`);
      await delay(this.#retryMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    return false;
  }
}
