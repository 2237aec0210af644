import type { Outcome } from '../../domain/failure.ts';

export interface GroupCommit<T> {
  /** Resolves with the outcome of the write that took the item. */
  submit(item: T): Promise<Outcome<void>>;
  /** Runs a task when no write is under way; writes wait for it. */
  between<R>(task: () => Promise<R>): Promise<R>;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly resolve: (outcome: Outcome<void>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One writer, many submitters: items that arrive while a write runs share the next one. When a write fails, the
 * items that came after it fail with it, since they may build on what was lost; `onFailure` runs at that moment.
 */
export function groupCommit<T>(
  write: (items: readonly T[]) => Promise<Outcome<void>>,
  onFailure: () => void = () => {},
): GroupCommit<T> {
  let queue: Waiting<T>[] = [];
  let tasks: (() => Promise<void>)[] = [];
  let running: Promise<void> | null = null;

  function takeAll(): Waiting<T>[] {
    const all = queue;
    queue = [];
    return all;
  }

  async function writeQueue(): Promise<void> {
    const batch = takeAll();
    try {
      const outcome = await write(batch.map((waiting) => waiting.item));
      if (!outcome.ok) {
        batch.push(...takeAll());
        onFailure();
      }
      for (const { resolve } of batch) resolve(outcome);
    } catch (error) {
      batch.push(...takeAll());
      onFailure();
      for (const { reject } of batch) reject(error);
    }
  }

  async function work(): Promise<void> {
    // Whoever submits in the same turn shares the first write.
    await null;
    while (queue.length > 0 || tasks.length > 0) {
      const now = tasks;
      tasks = [];
      for (const task of now) await task();
      if (queue.length > 0) await writeQueue();
    }
    running = null;
  }

  function run(): void {
    running ??= work();
  }

  return {
    submit(item) {
      const outcome = new Promise<Outcome<void>>((resolve, reject) => queue.push({ item, resolve, reject }));
      run();
      return outcome;
    },
    between(task) {
      const result = new Promise<Awaited<ReturnType<typeof task>>>((resolve, reject) => {
        tasks.push(() => task().then(resolve as (value: unknown) => void, reject));
      });
      run();
      return result;
    },
    async idle() {
      while (running !== null) await running;
    },
  };
}
