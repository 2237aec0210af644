/** Commits for ever, saying each answer on stdout; storeKill.test.ts kills it. Arguments: folder, first device. */
import { writeSync } from 'node:fs';
import { openStore } from '../../../src/server/store/store.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { accepted, commitChanges, putDevices, sampleDevice } from './sampleStore.ts';

const [folder = '', first = '0'] = process.argv.slice(2);
const store = accepted(await openStore(folder, { clock: systemClock, snapshotIntervalMs: 3 }));
for (let index = Number(first); ; index += 2) {
  const pair = [index, index + 1].map((each) => commitChanges(store, putDevices(sampleDevice(each))));
  for (const commit of pair) accepted(await commit);
  writeSync(1, `${index + 1}\n`);
}
