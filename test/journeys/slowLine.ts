export interface SlowLineOrder {
  readonly bytesPerSecond: number;
  /** To the screen and back. */
  readonly roundTripMs: number;
}

/**
 * A line as SSH makes it: everything the program writes is taken at once and waits in the line, however much, and
 * arrives as fast as the line carries it.
 */
export class SlowLine {
  readonly #order: SlowLineOrder;
  readonly #timers = new Set<NodeJS.Timeout>();
  #freeAt = 0;

  constructor(order: SlowLineOrder) {
    this.#order = order;
  }

  down(data: Uint8Array, arrived: (data: Uint8Array) => void): void {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (data.length / this.#order.bytesPerSecond) * 1000;
    this.#after(this.#freeAt - now + this.#order.roundTripMs / 2, () => arrived(data));
  }

  up(arrived: () => void): void {
    this.#after(this.#order.roundTripMs / 2, arrived);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }
}
