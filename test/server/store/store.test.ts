import { describe, expect, it } from 'vitest';
import { failed } from '../../../src/domain/failure.ts';
import { storeSchema } from '../../../src/server/store/migrations.ts';
import { ok } from '../../../src/shared/result.ts';
import { FakeDisk } from './fakeDisk.ts';
import {
  accepted,
  commitChanges,
  contentOf,
  failureOf,
  folder,
  idOf,
  openOn,
  putDevices,
  removeDevice,
  sampleDevice,
  sampleRun,
} from './sampleStore.ts';

describe('a store', () => {
  it('keeps what was committed, and its id, over a restart', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    const answer = await store.commit(() =>
      ok({
        changes: [
          putDevices(sampleDevice(1), sampleDevice(2)),
          { collection: 'runs', put: [sampleRun], removed: [] },
        ],
        value: 'done',
      }),
    );
    expect(answer).toEqual(ok('done'));
    accepted(await commitChanges(store, putDevices(sampleDevice(2, '配布-2')), removeDevice(1)));
    const killed = disk.copy();
    await store.close();
    for (const left of [killed, disk]) {
      const again = accepted(await openOn(left));
      expect(contentOf(again.model)).toBe(contentOf(store.model));
      expect(again.model.devices.get(idOf('dev', 2))?.name).toBe('配布-2');
      expect(again.model.devices.size).toBe(1);
      expect([again.seq, again.storeId, again.notices]).toEqual([2, store.storeId, []]);
    }
  });

  it('shows a commit only when it is synced, and tells listeners before it answers', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    const order: string[] = [];
    disk.onCall = (syscall) => {
      if (syscall === 'sync') order.push(`sync with ${store.model.devices.size}`);
    };
    const stop = store.onCommitted((seq, changes) =>
      order.push(`told ${seq} ${changes.length} with ${store.model.devices.size}`),
    );
    await commitChanges(store, putDevices(sampleDevice(1))).then(() => order.push('answered'));
    expect(order).toEqual(['sync with 0', 'told 1 1 with 1', 'answered']);
    stop();
    await commitChanges(store, putDevices(sampleDevice(2)));
    expect(order.filter((line) => line.startsWith('told'))).toHaveLength(1);
  });

  it('computes on the newest accepted draft and syncs many commits at once', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    let syncs = 0;
    disk.onCall = (syscall) => {
      if (syscall === 'sync') syncs++;
    };
    const sizes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.commit((draft) =>
          ok({ changes: [putDevices(sampleDevice(index))], value: draft.devices.size }),
        ),
      ),
    );
    expect(sizes.map(accepted)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(syncs).toBeLessThanOrEqual(2);
    expect(store.seq).toBe(100);
    expect(accepted(await openOn(disk.copy())).model.devices.size).toBe(100);
  });

  it('commits nothing when build fails, throws or returns no change', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    const calls = disk.calls;
    expect(failureOf(await store.commit(() => failed('input.nameTaken'))).code).toBe('input.nameTaken');
    expect(await commitChanges(store)).toEqual(ok(7));
    await expect(
      store.commit(() => {
        throw new Error('a bug');
      }),
    ).rejects.toThrow('a bug');
    expect([store.seq, disk.calls]).toEqual([0, calls]);
  });

  it('refuses an entity that could not be read back', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    const calls = disk.calls;
    const hostile = { ...sampleDevice(1), name: 'a\u001b]0;b' };
    await expect(commitChanges(store, putDevices(hostile))).rejects.toThrow(`devices ${hostile.id} name`);
    expect([store.model.devices.size, disk.calls]).toEqual([0, calls]);
  });

  it('writes nothing that no schema knows', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    accepted(await commitChanges(store, putDevices({ ...sampleDevice(1), secret: 'hunter2' } as never)));
    await store.close();
    for (const { content } of disk.names.values()) expect(content.includes('hunter2')).toBe(false);
  });

  it('fails commits that were built on a failed one, and goes on after it', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    accepted(await commitChanges(store, putDevices(sampleDevice(1))));
    disk.fault = { call: disk.calls + 1, code: 'ENOSPC', isLasting: true };
    let later: ReturnType<typeof commitChanges> | null = null;
    disk.onCall = () => {
      later ??= commitChanges(store, putDevices(sampleDevice(3)));
    };
    expect(failureOf(await commitChanges(store, putDevices(sampleDevice(2))))).toMatchObject({
      code: 'store.diskFull',
      params: { file: 'changes.ndjson' },
      isRetryable: true,
    });
    expect(failureOf(await later!).code).toBe('store.diskFull');
    expect([...store.model.devices.keys()]).toEqual([idOf('dev', 1)]);
    disk.fault = null;
    accepted(
      await store.commit((draft) =>
        ok({ changes: [putDevices(sampleDevice(4))], value: expect(draft.devices.size).toBe(1) }),
      ),
    );
    expect(contentOf(accepted(await openOn(disk.copy())).model)).toBe(contentOf(store.model));
  });

  it('does not mistake a throwing listener for a failed write', async () => {
    const store = accepted(await openOn(new FakeDisk()));
    const seen: unknown[] = [];
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => seen.push(error));
    store.onCommitted(() => {
      throw new Error('a bug');
    });
    expect(await commitChanges(store, putDevices(sampleDevice(1)))).toEqual(ok(7));
    await new Promise((resolve) => setImmediate(resolve));
    for (const listener of before) process.on('uncaughtException', listener);
    expect(seen).toEqual([new Error('a bug')]);
  });

  it('leaves no journal to replay when it is closed', async () => {
    const disk = new FakeDisk();
    const store = accepted(await openOn(disk));
    const pending = commitChanges(store, putDevices(sampleDevice(1)));
    await store.close();
    expect(await pending).toEqual(ok(7));
    expect(disk.names.get(`${folder}/changes.ndjson`)?.content.toString().match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(disk.names.get(`${folder}/store.json`)!.content.toString())).toMatchObject({
      schemaVersion: storeSchema.version,
      seq: 1,
      collections: { devices: [{ name: 'web-1' }] },
    });
    await expect(commitChanges(store, putDevices(sampleDevice(2)))).rejects.toThrow('closed');
  });
});
