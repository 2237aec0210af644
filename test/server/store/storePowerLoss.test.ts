import { expect, it } from 'vitest';
import { FakeDisk, type Loss, randomFrom } from './fakeDisk.ts';
import {
  accepted,
  commitChanges,
  contentOf,
  folder,
  openOn,
  putDevices,
  removeDevice,
  sampleDevice,
  turns,
} from './sampleStore.ts';

interface Life {
  readonly disk: FakeDisk;
  /** Content after each seq; a device's name grows so that writes differ in length. */
  readonly contents: readonly string[];
  /** How many operations were done when a seq was acknowledged. */
  readonly acknowledged: readonly { readonly seq: number; readonly operations: number }[];
}

async function live(commitCount: number): Promise<Life> {
  const disk = new FakeDisk();
  const store = accepted(await openOn(disk, { snapshotIntervalMs: 0 }));
  const contents = [contentOf(store.model)];
  const acknowledged = [{ seq: 0, operations: disk.operations.length }];
  store.onCommitted(() => contents.push(contentOf(store.model)));
  for (let round = 0; round < commitCount / 3; round++) {
    const commits = [0, 1, 2].map((part) =>
      commitChanges(
        store,
        putDevices(sampleDevice(round, 'n'.repeat(1 + ((round * 37 + part * 11) % 200)))),
        removeDevice(round - 5),
      ),
    );
    for (const commit of commits) accepted(await commit);
    acknowledged.push({ seq: store.seq, operations: disk.operations.length });
    await turns(round % 4);
  }
  return { disk, contents, acknowledged };
}

it('starts with every acknowledged change after a power cut at any point', { timeout: 300_000 }, async () => {
  const { disk, contents, acknowledged } = await live(75);
  const losses: Loss[] = [
    { kind: 'drop' },
    { kind: 'keep' },
    ...Array.from({ length: 12 }, (_, seed) => ({ kind: 'tear' as const, random: randomFrom(seed) })),
  ];
  let states = 0;
  let cuts = 0;
  for (let count = 0; count <= disk.operations.length; count++) {
    const atLeast = acknowledged.findLast(({ operations }) => operations <= count)?.seq ?? 0;
    for (const loss of losses) {
      const left = disk.afterPowerCut(count, loss);
      const opened = await openOn(left);
      if (!opened.ok) throw new Error(`${count} ${loss.kind} ${JSON.stringify(opened.failure)}`);
      const store = opened.value;
      expect(store.seq).toBeGreaterThanOrEqual(atLeast);
      expect(contentOf(store.model) === contents[store.seq]).toBe(true);
      for (const { code } of store.notices) {
        expect(code).toBe('store.tailCut');
        cuts++;
      }
      expect([...left.names.keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
      if (++states % 50 === 0) await goesOn(left, store.seq);
    }
  }
  expect(states).toBeGreaterThan(5000);
  expect(cuts).toBeGreaterThan(50);
});

/** A store that was started after the cut takes changes, also over one more kill. */
async function goesOn(left: FakeDisk, seq: number): Promise<void> {
  const store = accepted(await openOn(left));
  accepted(await commitChanges(store, putDevices(sampleDevice(999))));
  const again = accepted(await openOn(left.copy()));
  expect(again.seq).toBe(seq + 1);
  expect(contentOf(again.model)).toBe(contentOf(store.model));
}

it('syncs a file before it gets its name, and the folder after', async () => {
  const { disk } = await live(30);
  const synced = new Set<number>();
  const inodes = new Map<string, number>();
  disk.operations.forEach((operation, index) => {
    if (operation.kind === 'create') inodes.set(operation.path, operation.inode);
    if (operation.kind === 'write') synced.delete(operation.inode);
    if (operation.kind === 'sync') synced.add(operation.inode);
    if (operation.kind !== 'rename') return;
    expect(synced).toContain(inodes.get(operation.from)!);
    inodes.set(operation.to, inodes.get(operation.from)!);
    const next = disk.operations.slice(index + 1).find(({ kind }) => kind !== 'rename');
    expect(next).toEqual({ kind: 'syncFolder', path: folder });
  });
});
