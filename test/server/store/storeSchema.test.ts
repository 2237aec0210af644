import { describe, expect, it } from 'vitest';
import { type StoreSchema, storeSchema } from '../../../src/server/store/migrations.ts';
import { encodeRecord } from '../../../src/server/store/record.ts';
import { encodeSnapshot, type SnapshotContent } from '../../../src/server/store/snapshotFormat.ts';
import { FakeDisk } from './fakeDisk.ts';
import {
  accepted,
  commitChanges,
  failureOf,
  folder,
  idOf,
  openOn,
  putDevices,
  sampleDevice,
  sampleTask,
} from './sampleStore.ts';

const storeId = '00112233445566778899aabbccddeeff';

function snapshot(content: Partial<SnapshotContent>): Buffer {
  return Buffer.concat([
    ...encodeSnapshot({ schemaVersion: 1, storeId, seq: 0, collections: [], ...content }),
  ]);
}

/** Version 0 had the device's address under `host`, and no host keys. */
const fromVersion0: StoreSchema = {
  version: 1,
  migrations: [
    {
      from: 0,
      migrate(collections) {
        collections.set('hostKeys', new Map());
        const devices = collections.get('devices') ?? new Map();
        for (const [id, { value, file }] of devices) {
          const { host, ...rest } = value as { host: string };
          devices.set(id, { value: { ...rest, address: host }, file });
        }
      },
    },
  ],
};

function oldDevice(index: number) {
  const { address, ...rest } = sampleDevice(index);
  return { ...rest, host: address };
}

/** A store of version 0 with one device in its snapshot and one in its journal. */
const oldDisk = (): FakeDisk =>
  new FakeDisk(
    new Map([
      [
        `${folder}/store.json`,
        snapshot({ schemaVersion: 0, seq: 1, collections: [['devices', [oldDevice(1)]]] }),
      ],
      [
        `${folder}/changes.ndjson`,
        Buffer.concat([
          encodeRecord({ journal: 'changes', storeId, schemaVersion: 0, base: 1 }),
          encodeRecord({
            seq: 2,
            commits: [[{ collection: 'devices', put: [oldDevice(2)], removed: [] }]],
          }),
        ]),
      ],
    ]),
  );

describe('a store of an earlier schema', () => {
  it('is migrated with its journal, and backed up as it was', async () => {
    const disk = oldDisk();
    const store = accepted(await openOn(disk, { schema: fromVersion0 }));
    expect([...store.model.devices.values()].map(({ address }) => address).sort()).toEqual([
      '10.0.0.1',
      '10.0.0.2',
    ]);
    expect([store.seq, store.storeId, store.notices]).toEqual([2, storeId, []]);
    accepted(await commitChanges(store, putDevices(sampleDevice(3))));
    const backup = JSON.parse(disk.names.get(`${folder}/before-schema-1.json`)!.content.toString());
    expect(backup).toMatchObject({ schemaVersion: 0, seq: 2 });
    expect(backup.collections.devices.map(({ host }: { host: string }) => host)).toEqual([
      '10.0.0.1',
      '10.0.0.2',
    ]);
    for (const left of [disk.copy(), disk]) {
      const again = accepted(await openOn(left, { schema: fromVersion0 }));
      expect([again.seq, again.model.devices.size, again.model.hostKeys.size]).toEqual([3, 3, 0]);
    }
  });

  it('is migrated again from its old generation when the new snapshot is bad', async () => {
    const disk = oldDisk();
    const store = accepted(await openOn(disk, { schema: fromVersion0 }));
    accepted(await commitChanges(store, putDevices(sampleDevice(3))));
    await store.close();
    for (const name of ['store.json', 'store.2.json']) {
      disk.names.get(`${folder}/${name}`)!.content = Buffer.from('{}');
    }
    const again = accepted(await openOn(disk, { schema: fromVersion0 }));
    expect([again.seq, again.model.devices.size]).toEqual([3, 3]);
  });

  it('comes through an interrupted migration, whichever call was the last', async () => {
    const whole = oldDisk();
    accepted(await openOn(whole, { schema: fromVersion0 }));
    for (let call = 1; call <= whole.calls; call++) {
      const disk = oldDisk();
      disk.fault = { call, code: 'EIO', isLasting: true };
      await openOn(disk, { schema: fromVersion0 });
      disk.fault = null;
      const store = accepted(await openOn(disk, { schema: fromVersion0 }));
      expect([store.seq, store.model.devices.size]).toEqual([2, 2]);
      accepted(await commitChanges(store, putDevices(sampleDevice(3))));
      expect(accepted(await openOn(disk, { schema: fromVersion0 })).model.devices.size).toBe(3);
    }
  });
});

describe('a store of schema 1', () => {
  const before = sampleTask({ attempts: { [idOf('dev', 1)]: { count: 2, lastAttemptId: 'a'.repeat(32) } } });
  const counted = { taskId: before.id, deviceId: idOf('dev', 2), count: 1, lastAttemptId: 'b'.repeat(32) };

  it('keeps its counters, and those that are counted from now on are read back', async () => {
    const disk = new FakeDisk(
      new Map([[`${folder}/store.json`, snapshot({ collections: [['tasks', [before]]] })]]),
    );
    const store = accepted(await openOn(disk));
    expect([...store.model.tasks.values()]).toEqual([before]);
    accepted(await commitChanges(store, { collection: 'tasks', put: [], removed: [], counted: [counted] }));
    const { taskId: _task, deviceId, ...counter } = counted;
    const after = { ...before, attempts: { ...before.attempts, [deviceId]: counter } };
    expect([...store.model.tasks.values()]).toEqual([after]);
    const again = accepted(await openOn(disk));
    expect([...again.model.tasks.values()]).toEqual([after]);
  });

  it('an earlier program refuses it once there may be single counters', async () => {
    const disk = new FakeDisk(new Map([[`${folder}/store.json`, snapshot({})]]));
    accepted(await openOn(disk));
    const earlier: StoreSchema = { version: 1, migrations: [] };
    expect(failureOf(await openOn(disk, { schema: earlier })).code).toBe('store.newerVersion');
  });
});

describe('a store of a newer schema', () => {
  it.each(['store.json', 'changes.ndjson'])('in %s is refused untouched', async (file) => {
    const isSnapshot = file === 'store.json';
    const disk = new FakeDisk(
      new Map([
        [`${folder}/store.json`, snapshot({ schemaVersion: isSnapshot ? 7 : 1 })],
        [
          `${folder}/changes.ndjson`,
          encodeRecord({ journal: 'changes', storeId, schemaVersion: 7, base: 0 }),
        ],
        [`${folder}/.store.json.0123456789abcdef.tmp`, Buffer.from('left by a newer one')],
      ]),
    );
    expect(failureOf(await openOn(disk))).toMatchObject({
      code: 'store.newerVersion',
      params: { file, found: 7, known: storeSchema.version },
    });
    expect([disk.operations, disk.names.size]).toEqual([[], 3]);
  });
});

describe('an entity that does not fit', () => {
  const bad = { ...sampleDevice(1), port: 70_000 };
  const place = `devices ${idOf('dev', 1)} port`;

  it('in the snapshot is named by file, collection, id and field', async () => {
    const content = snapshot({ collections: [['devices', [bad]]] });
    expect(
      failureOf(await openOn(new FakeDisk(new Map([[`${folder}/store.json`, content]])))).params,
    ).toEqual({
      file: 'store.json',
      place,
      collection: 'devices',
      id: bad.id,
      field: 'port',
    });
  });

  it('in the journal is named, too', async () => {
    const disk = new FakeDisk(
      new Map([
        [`${folder}/store.json`, snapshot({})],
        [
          `${folder}/changes.ndjson`,
          Buffer.concat([
            encodeRecord({ journal: 'changes', storeId, schemaVersion: 1, base: 0 }),
            encodeRecord({ seq: 1, commits: [[{ collection: 'devices', put: [bad], removed: [] }]] }),
          ]),
        ],
      ]),
    );
    expect(failureOf(await openOn(disk))).toMatchObject({
      code: 'store.damaged',
      params: { file: 'changes.ndjson', place },
    });
  });

  it('may not be of an unknown collection', async () => {
    const content = snapshot({ collections: [['licences', []]] });
    expect(failureOf(await openOn(new FakeDisk(new Map([[`${folder}/store.json`, content]]))))).toMatchObject(
      {
        code: 'store.damaged',
        params: { collection: 'licences' },
      },
    );
  });
});
