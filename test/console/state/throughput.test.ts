import { describe, expect, it } from 'vitest';
import {
  bytesPerSecond,
  keptSeconds,
  startThroughput,
  withBytes,
} from '../../../src/console/state/throughput.ts';
import { later, time } from '../consoleFixture.ts';

describe('the throughput of a run', () => {
  it('says nothing before a second is over', () => {
    expect(bytesPerSecond(withBytes(startThroughput(time), time, 500))).toBeNull();
  });

  it('adds up a second and keeps the silence between two', () => {
    let rate = startThroughput(time);
    for (const [seconds, moved] of [
      [0.1, 5],
      [0.9, 6],
      [3.5, 7],
    ] as const)
      rate = withBytes(rate, later(seconds), moved);
    expect(rate.bytes).toEqual([11, 0, 0, 7]);
  });

  it('is the mean of the last five whole seconds', () => {
    let rate = startThroughput(time);
    for (let second = 0; second <= 10; second++) rate = withBytes(rate, later(second), second * 100);
    expect(bytesPerSecond(rate)).toBe(700);
  });

  it('forgets what is older than a minute, after a long silence everything', () => {
    let rate = startThroughput(time);
    for (let second = 0; second < 200; second++) rate = withBytes(rate, later(second), 1);
    expect(rate.bytes).toHaveLength(keptSeconds);
    rate = withBytes(rate, later(10_000), 0);
    expect(rate.bytes).toEqual(new Array(keptSeconds).fill(0));
  });

  it('takes no time that runs backwards', () => {
    const rate = withBytes(startThroughput(later(9)), later(5), 3);
    expect(rate.bytes).toEqual([3]);
  });
});
