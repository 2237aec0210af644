/**
 * Commits for ever, saying each answer on stdout, for storeKill.test.ts to kill. Arguments: folder, number of the
 * first change, and `midSnapshot` to die by its own hand while the second snapshot is half on the disk.
 */
import { writeSync } from 'node:fs';
import { type FileSystem, realFileSystem } from '../../../src/server/store/fileSystem.ts';
import { openStore } from '../../../src/server/store/store.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { accepted, commitChanges, committedDevice, putDevices } from './sampleStore.ts';

const [folder = '', first = '0', death = ''] = process.argv.slice(2);
let snapshots = 0;
const deadlyFileSystem: FileSystem = {
  ...realFileSystem,
  async open(path, how) {
    const file = await realFileSystem.open(path, how);
    if (path.includes('/.store.json.') && ++snapshots === 2) {
      file.sync = async () => process.kill(process.pid, 'SIGKILL') as never;
    }
    return file;
  },
};

const store = accepted(
  await openStore(folder, {
    clock: systemClock,
    snapshotIntervalMs: 3,
    fileSystem: death === 'midSnapshot' ? deadlyFileSystem : realFileSystem,
  }),
);
for (let index = Number(first); ; index += 2) {
  const pair = [index, index + 1].map((each) => commitChanges(store, putDevices(committedDevice(each))));
  for (const commit of pair) accepted(await commit);
  writeSync(1, `${index + 1}\n`);
}
