import { expect, it } from 'vitest';
import { RunRows } from '../../../src/console/state/runRows.ts';
import { failure } from '../../../src/domain/failure.ts';
import { countStates } from '../../../src/domain/runCounts.ts';
import { runDevice } from '../consoleFixture.ts';

const states = ['waiting', 'installing', 'failed', 'succeeded'] as const;

it('what is kept with each change is what walking all devices would find, in every copy', () => {
  let rows = RunRows.of(Array.from({ length: 9 }, (_, i) => runDevice(`d${i}`)));
  const copies = [rows];
  for (let i = 0; i < 200; i++) {
    rows = rows.copy();
    for (let j = 0; j < 3; j++) {
      const id = `d${(i * 7 + j * 5) % 10}`;
      const state = states[(i + j * 3) % states.length]!;
      rows.set(
        id,
        runDevice(id, { state, failure: state === 'failed' ? failure('device.unreachable') : null }),
      );
    }
    copies.push(rows);
  }
  for (const copy of copies) {
    const all = [...copy.values()];
    expect(copy.counts).toEqual(countStates(all));
    expect(copy.list).toEqual(all.map((device) => ({ id: device.deviceId, device })));
    const troubled = all.filter((device) => device.failure !== null).map(({ deviceId }) => deviceId);
    expect([...copy.troubled].map(({ deviceId }) => deviceId).sort()).toEqual(troubled.sort());
  }
});
