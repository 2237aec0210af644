import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromFleet, ToFleet } from './fleetEntry.ts';

/** The embedded fleet in a process of its own. */
export interface Fleet {
  readonly port: number;
  changeHostKeys(): Promise<void>;
  /** Ends the devices and the demo's server and removes the demo's folder. */
  stop(): Promise<void>;
}

/** Starts `count` devices with folders in the demo's folder. Throws when an address cannot be listened on. */
export async function startFleet(folder: string, count: number): Promise<Fleet> {
  const child = fork(fileURLToPath(new URL('./fleet.js', import.meta.url)), [], {
    serialization: 'advanced',
  });
  const started = await ask(child, { type: 'start', folder, count });
  if (started.type !== 'started') throw new Error('the fleet did not start');
  return {
    port: started.port,
    async changeHostKeys() {
      await ask(child, { type: 'changeHostKeys' });
    },
    async stop() {
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      if (child.exitCode === null && child.signalCode === null) await exited;
    },
  };
}

async function ask(child: ChildProcess, message: ToFleet): Promise<FromFleet> {
  const ended = new AbortController();
  const answered = once(child, 'message', ended).then(([answer]) => answer as FromFleet);
  const exited = once(child, 'exit', ended).then((): FromFleet => ({ type: 'failed', reason: 'it ended' }));
  child.send(message);
  const answer = await Promise.race([answered, exited]);
  ended.abort();
  for (const loser of [answered, exited]) loser.catch(() => undefined);
  if (answer.type === 'failed') throw new Error(`the demo fleet: ${answer.reason}`);
  return answer;
}
