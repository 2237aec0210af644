/** Handshakes at once in a worker: a burst of them stalls the event loop until others time out. */
const mostAtOnce = 20;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs the handshake when its turn comes. */
export async function inHandshakePace<T>(handshake: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await handshake();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
