/**
 * Collects what arrives in the background and hands it over at most once per `frameMs`: the first at once, the
 * rest of a burst together. With nothing waiting there is no timer, so an idle console uses no CPU.
 */
export interface FrameClock<T> {
  push(item: T): void;
  /** Hands over what waits now. */
  flush(): void;
  stop(): void;
}

export function createFrameClock<T>(deliver: (items: readonly T[]) => void, frameMs: number): FrameClock<T> {
  let waiting: T[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (waiting.length === 0) return;
    const items = waiting;
    waiting = [];
    deliver(items);
  };
  const onFrame = () => {
    timer = null;
    if (waiting.length === 0) return;
    timer = setTimeout(onFrame, frameMs);
    flush();
  };
  return {
    push(item) {
      waiting.push(item);
      if (timer !== null) return;
      // The rest of the same chunk of the socket belongs to the same frame.
      timer = setTimeout(onFrame, 0);
    },
    flush,
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = [];
    },
  };
}
