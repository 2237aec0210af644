import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stopServer } from '../client/serverStop.ts';
import { demoServerFolder } from './demoFolder.ts';
import { type FleetDevice, makeFleetDevice } from './fleetDevice.ts';
import { planFleet } from './fleetPlan.ts';

/** What the demo asks of its fleet's process, over the child's IPC channel. `folder` is the demo's, whole. */
export type ToFleet =
  | { readonly type: 'start'; readonly folder: string; readonly count: number }
  | { readonly type: 'changeHostKeys' };
export type FromFleet =
  | { readonly type: 'started'; readonly port: number }
  | { readonly type: 'hostKeysChanged' }
  | { readonly type: 'failed'; readonly reason: string };

const fleet = new Map<FleetDevice, string>();
let demoFolder: string | null = null;

async function start(folder: string, count: number): Promise<number> {
  demoFolder = folder;
  let port = 0;
  for (const device of planFleet(count)) {
    const started = await makeFleetDevice(device, join(folder, 'devices', device.name));
    fleet.set(started, device.role);
    port = await started.start(port);
  }
  return port;
}

async function changeHostKeys(): Promise<void> {
  for (const [device, role] of fleet) if (role === 'changedHostKey') await device.changeHostKey();
}

const answer = (message: FromFleet): void => void process.send?.(message);

/** The demo is over, however its command ended: closed, hung up or killed. Nothing of it stays. */
async function end(): Promise<never> {
  if (demoFolder !== null) await stopServer(demoServerFolder(demoFolder));
  await Promise.all([...fleet.keys()].map((device) => device.stop()));
  if (demoFolder !== null)
    await rm(demoFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
}

process.on('message', (message: ToFleet) => {
  const done: Promise<FromFleet> =
    message.type === 'start'
      ? start(message.folder, message.count).then((port) => ({ type: 'started', port }))
      : changeHostKeys().then(() => ({ type: 'hostKeysChanged' }));
  done.then(answer, (error: Error) => answer({ type: 'failed', reason: error.message }));
});
process.on('disconnect', () => void end());
process.on('SIGTERM', () => void end());
// What ends the foreground group of the terminal reaches the fleet, too: it ends when its parent does.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
