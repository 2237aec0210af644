import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from '../../domain/failure.ts';

/** A write that takes this long is followed by a rest in which others have their turn. */
const longWriteMs = 20;
const longestRestMs = 250;

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

  /** A task of ten thousand devices is a megabyte: written without a pause it would leave no time for anything else. */
  async #resting(written: Promise<unknown>): Promise<void> {
    const startedAt = performance.now();
    await written.catch(() => {});
    const tookMs = performance.now() - startedAt;
    if (tookMs > longWriteMs) await delay(Math.min(longestRestMs, 2 * tookMs));
  }

  async #afterRunning(): Promise<Outcome<unknown>> {
    await this.#running;
    const items = this.#waiting;
    this.#waiting = [];
    this.#next = null;
    const written = this.#write(items);
    this.#running = this.#resting(written);
    return written;
  }
}
