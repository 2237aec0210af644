import { runServer } from '../../src/server/main.ts';

/** A server of its own process, to be killed: `node servingProcess.ts <data folder>`. Says `ready` to its parent. */
const served = await runServer({
  dataFolder: process.argv[2]!,
  ready: () => process.send?.('ready'),
});
if (!served.ok) throw new Error(served.failure.code);
process.disconnect?.();
