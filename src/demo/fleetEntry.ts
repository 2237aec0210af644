import { join } from 'node:path';
import { type FleetDevice, makeFleetDevice } from './fleetDevice.ts';
import { planFleet } from './fleetPlan.ts';

/** What the demo asks of its fleet's process, over the child's IPC channel. */
export type ToFleet =
  | { readonly type: 'start'; readonly folder: string; readonly count: number }
  | { readonly type: 'changeHostKeys' };
export type FromFleet =
  | { readonly type: 'started'; readonly port: number }
  | { readonly type: 'hostKeysChanged' }
  | { readonly type: 'failed'; readonly reason: string };

const fleet = new Map<FleetDevice, string>();

async function start(folder: string, count: number): Promise<number> {
  let port = 0;
  for (const device of planFleet(count)) {
    const started = await makeFleetDevice(device, join(folder, device.name));
    fleet.set(started, device.role);
    port = await started.start(port);
  }
  return port;
}

async function changeHostKeys(): Promise<void> {
  for (const [device, role] of fleet) if (role === 'changedHostKey') await device.changeHostKey();
}

const answer = (message: FromFleet): void => void process.send?.(message);

async function end(): Promise<never> {
  await Promise.all([...fleet.keys()].map((device) => device.stop()));
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
// The console's Ctrl-C reaches the whole foreground group: the fleet ends when its parent does.
process.on('SIGINT', () => undefined);
