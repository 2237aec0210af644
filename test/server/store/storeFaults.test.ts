import { describe, expect, it, vi } from 'vitest';
import type { FailureCode } from '../../../src/domain/failure.ts';
import { FakeDisk, type Fault } from './fakeDisk.ts';
import {
  accepted,
  commitChanges,
  contentOf,
  failureOf,
  openOn,
  putDevices,
  removeDevice,
  sampleDevice,
  turns,
} from './sampleStore.ts';

vi.setConfig({ testTimeout: 300_000 });

const commitCount = 5;
const expectedCodes: Record<Fault['code'], FailureCode[]> = {
  ENOSPC: ['store.diskFull'],
  EIO: ['store.writeFailed', 'store.damaged'],
  EROFS: ['store.writeFailed', 'store.damaged'],
};

/** Opens and commits with a fault, then says whether memory and both kinds of disk afterwards agree. */
async function live(fault: Fault): Promise<{ wasHit: boolean; failedCommits: number }> {
  const disk = new FakeDisk();
  disk.fault = fault;
  let opened = await openOn(disk, { snapshotIntervalMs: 0 });
  if (!opened.ok) {
    expect(expectedCodes[fault.code]).toContain(opened.failure.code);
    disk.fault = null;
    opened = await openOn(disk, { snapshotIntervalMs: 0 });
  }
  const store = accepted(opened);
  let failedCommits = 0;
  for (let index = 0; index < commitCount; index++) {
    const answer = await commitChanges(
      store,
      putDevices(sampleDevice(index), sampleDevice(100, `x${index}`)),
      removeDevice(index - 3),
    );
    if (!answer.ok) {
      failedCommits++;
      expect(expectedCodes[fault.code]).toContain(answer.failure.code);
      // Told as failed: neither memory nor disk has it, whether the process or the power goes.
      expect(store.model.devices.has(sampleDevice(index).id)).toBe(false);
      await expectDiskAs(disk, contentOf(store.model));
      // The trouble is over: the same server goes on.
      disk.fault = null;
    }
    await turns(1);
  }
  const wasHit = disk.calls >= fault.call;
  disk.fault = null;
  accepted(await commitChanges(store, putDevices(sampleDevice(50))));
  await expectDiskAs(disk, contentOf(store.model));
  await store.close();
  await expectDiskAs(disk, contentOf(store.model));
  expect([...disk.names.keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
  return { wasHit, failedCommits };
}

async function expectDiskAs(disk: FakeDisk, content: string): Promise<void> {
  for (const left of [disk.copy(), disk.afterPowerCut(disk.operations.length, { kind: 'drop' })]) {
    expect(contentOf(accepted(await openOn(left)).model)).toBe(content);
  }
}

describe.each(['ENOSPC', 'EIO', 'EROFS'] as const)('a store whose disk answers %s', (code) => {
  it('has in memory what is on the disk, whichever call fails', async () => {
    let failedCommits = 0;
    let call = 1;
    for (; call < 1000; call++) {
      const result = await live({ call, code, isLasting: false });
      failedCommits += result.failedCommits;
      if (!result.wasHit) break;
    }
    expect(call).toBeGreaterThan(60);
    expect(call).toBeLessThan(1000);
    expect(failedCommits).toBeGreaterThanOrEqual(commitCount);
  });
});

it('has in memory what is on the disk when the disk fills up at any call', async () => {
  let failedCommits = 0;
  for (let call = 1; call < 1000; call++) {
    const result = await live({ call, code: 'ENOSPC', isLasting: true });
    failedCommits += result.failedCommits;
    if (!result.wasHit) break;
  }
  expect(failedCommits).toBeGreaterThan(20);
});

it('says that snapshots fail, goes on committing, and takes it back when they work again', async () => {
  const disk = new FakeDisk();
  const store = accepted(await openOn(disk, { snapshotIntervalMs: 0 }));
  let isFull = true;
  disk.onCall = (syscall, path) => {
    if (isFull && syscall === 'createNew' && path.includes('store.json')) {
      throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'open' });
    }
  };
  accepted(await commitChanges(store, putDevices(sampleDevice(1))));
  await turns(3);
  expect(store.notices).toMatchObject([{ code: 'store.diskFull', params: { file: 'store.json' } }]);
  accepted(await commitChanges(store, putDevices(sampleDevice(2))));
  expect(accepted(await openOn(disk.copy())).model.devices.size).toBe(2);
  isFull = false;
  await turns(20);
  expect(store.notices).toEqual([]);
});

it('does not take a file for damaged that it may not read', async () => {
  const disk = new FakeDisk();
  await accepted(await openOn(disk)).close();
  const names = [...disk.names.keys()].sort();
  disk.onCall = (syscall) => {
    if (syscall === 'read') throw Object.assign(new Error('io'), { code: 'EIO', syscall: 'read' });
  };
  expect(failureOf(await openOn(disk))).toMatchObject({
    code: 'store.damaged',
    params: { file: 'store.json', place: 'EIO' },
  });
  expect([...disk.names.keys()].sort()).toEqual(names);
});
