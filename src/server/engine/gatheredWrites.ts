import type { Outcome } from '../../domain/failure.ts';

/**
 * Gathers items while a write of earlier ones runs: a thousand devices that end in the same moment are a few
 * commits. `add` resolves with the outcome of the write that its item was in.
 */
export class GatheredWrites<T> {
  readonly #write: (items: readonly T[]) => Promise<Outcome<unknown>>;
  #waiting: T[] = [];
  #next: Promise<Outcome<unknown>> | null = null;
  #running: Promise<unknown> = Promise.resolve();

  constructor(write: (items: readonly T[]) => Promise<Outcome<unknown>>) {
    this.#write = write;
  }

  add(item: T): Promise<Outcome<unknown>> {
    this.#waiting.push(item);
    this.#next ??= this.#afterRunning();
    return this.#next;
  }

  async #afterRunning(): Promise<Outcome<unknown>> {
    await this.#running;
    const items = this.#waiting;
    this.#waiting = [];
    this.#next = null;
    const written = this.#write(items);
    this.#running = written.catch(() => {});
    return written;
  }
}
