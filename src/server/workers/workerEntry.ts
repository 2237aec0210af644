import { deliveryMethod } from '../../delivery/registry.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { runWorker } from './workerMain.ts';

/**
 * The delivery worker's program. It lives as long as its server's channel; a defect, also one that a hostile
 * device brought out in ssh2, ends it alone, and the server takes its attempts up again.
 */
const crash = (error: unknown): void => {
  // The place, not the message: that may quote what a device or an account said (B101).
  const { name, stack } = error instanceof Error ? error : new Error();
  const places = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  process.stderr.write(`${[`worker defect: ${name}`, ...places].join('\n')}\n`, () => process.exit(1));
  setTimeout(() => process.exit(1), 1000);
};
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
process.on('disconnect', () => process.exit(0));

const receive = runWorker(
  {
    send: (message: FromWorker) => {
      if (process.connected) process.send?.(message);
    },
    end: () => process.exit(0),
    crash,
  },
  deliveryMethod,
);
process.on('message', (message) => receive(message as ToWorker));
process.send?.({ type: 'ready' } satisfies FromWorker);
