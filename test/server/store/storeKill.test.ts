import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src/server/store/store.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { randomFrom } from './fakeDisk.ts';
import { accepted, committedDevice, slots } from './sampleStore.ts';

const program = fileURLToPath(new URL('committingProcess.ts', import.meta.url));
/** KILLS=2000 for the long run. */
const killCount = Number(process.env['KILLS'] ?? 10);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-kill-'));
});
afterEach(() => rm(folder, { recursive: true }));

/**
 * Lets a process commit and kills it at its n-th answer; null: it dies in the middle of a snapshot.
 * @returns the last device that it said was committed
 */
async function commitUntilKilled(first: number, answers: number | null): Promise<number> {
  const death = answers === null ? 'midSnapshot' : '';
  const child = spawn(process.execPath, [program, folder, String(first), death], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let last = first - 1;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (++count === answers) child.kill('SIGKILL');
  }
  expect((await closed)[1]).toBe('SIGKILL');
  return last;
}

/** Opens a copy, so that the next process finds the folder as the kill left it. */
async function checkCopy(last: number): Promise<number> {
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true });
  try {
    const store = accepted(await openStore(copy, { clock: systemClock }));
    expect(store.seq).toBeGreaterThan(last);
    const newest = Array.from({ length: store.seq }, (_, index) => committedDevice(index)).slice(-slots);
    expect(new Map(store.model.devices)).toEqual(new Map(newest.map((device) => [device.id, device])));
    expect(store.notices.filter(({ code }) => code !== 'store.tailCut')).toEqual([]);
    expect((await readdir(copy)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await store.close();
    return store.seq;
  } finally {
    await rm(copy, { recursive: true });
  }
}

it('loses no acknowledged change and leaves no temporary file over many kills', {
  timeout: 300_000 + killCount * 10_000,
}, async () => {
  const random = randomFrom(7);
  let first = 0;
  for (let kill = 0; kill < killCount; kill++) {
    const isMidSnapshot = kill % 2 === 1;
    const answers = isMidSnapshot ? null : 1 + Math.floor(random() * 40);
    const last = await commitUntilKilled(first, answers);
    const leftovers = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
    if (isMidSnapshot) expect(leftovers).toHaveLength(1);
    first = await checkCopy(last);
  }
});
