import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src/server/store/store.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { accepted, commitChanges, putDevices, sampleDevice } from './sampleStore.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-size-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('carries 10,000 devices: a commit stays cheap while snapshots are taken, and it opens fast', async () => {
  const store = accepted(await openStore(folder, { clock: systemClock, snapshotIntervalMs: 50 }));
  accepted(
    await commitChanges(
      store,
      putDevices(...Array.from({ length: 10_000 }, (_, index) => sampleDevice(index))),
    ),
  );
  const commits = 1000;
  const cpu = process.cpuUsage();
  for (let index = 0; index < commits; index++) {
    accepted(await commitChanges(store, putDevices(sampleDevice(index, `changed-${index}`))));
  }
  const { user } = process.cpuUsage(cpu);
  // Copying one Map of 10,000 devices alone takes 2.6 ms.
  expect(user / 1000 / commits).toBeLessThan(1.5);
  await store.close();
  // CPU time, not the clock: other tests share the machine.
  const opening = process.cpuUsage();
  const again = accepted(await openStore(folder, { clock: systemClock }));
  expect(process.cpuUsage(opening).user / 1000).toBeLessThan(1000);
  expect([again.model.devices.size, again.seq]).toEqual([10_000, commits + 1]);
  await again.close();
});
