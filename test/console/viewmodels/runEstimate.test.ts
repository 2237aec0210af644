import { describe, expect, it } from 'vitest';
import { estimateRun, type RunPace, smoothed } from '../../../src/console/viewmodels/runEstimate.ts';
import { later, run, runDevice, time } from '../consoleFixture.ts';

const ended = (seconds: number, began = 0) =>
  runDevice(`d${seconds}`, { state: 'succeeded', startedAt: later(began), finishedAt: later(seconds) });
const at = (seconds: number) => Date.parse(later(seconds));
const waiting = (count: number) => Array.from({ length: count }, (_, i) => runDevice(`w${i}`));
const pace = (concurrency: number, waveSize: number | null = null): RunPace => ({ concurrency, waveSize });

describe('the estimate of a run', () => {
  it('promises nothing before enough devices have ended', () => {
    const devices = [ended(20), ended(40), runDevice('x')];
    expect(estimateRun(run('r', { deviceCount: 3 }), devices, at(60), pace(1))).toEqual({
      finished: 2,
      total: 3,
      perMinute: null,
      remaining: null,
    });
  });

  it('reckons the rate from the ends of devices', () => {
    const devices = [ended(20), ended(40), ended(60), ...waiting(2)];
    expect(estimateRun(run('r', { deviceCount: 5 }), devices, at(60), pace(1)).perMinute).toBeCloseTo(3);
  });

  it('is of one mind when devices take alike: ten rounds of ten seconds', () => {
    const devices = [...[10, 20, 30].map((end) => ended(end, end - 10)), ...waiting(10)];
    const { remaining } = estimateRun(run('r', { deviceCount: 13 }), devices, at(30), pace(1));
    expect(remaining!.leastMs).toBeCloseTo(100_000);
    expect(remaining!.mostMs).toBeCloseTo(100_000);
  });

  it('is not thrown off by one stuck device: the near end stands on the middle', () => {
    const quick = Array.from({ length: 20 }, (_, i) => ended(i * 3 + 10, i * 3));
    const stuck = runDevice('stuck', { state: 'installing', startedAt: time });
    const devices = [...quick, stuck, ...waiting(20)];
    const { remaining } = estimateRun(run('r', { deviceCount: 41 }), devices, at(70), pace(4));
    expect(remaining!.leastMs).toBeCloseTo(50_000);
    expect(remaining!.mostMs).toBeLessThan(90_000);
  });

  it('knows that a wave waits for its last device (B90)', () => {
    const devices = [...[10, 20, 30].map((end) => ended(end, end - 10)), ...waiting(8)];
    const wide = estimateRun(run('r', { deviceCount: 11 }), devices, at(30), pace(8)).remaining!;
    const inWaves = estimateRun(run('r', { deviceCount: 11 }), devices, at(30), pace(8, 2)).remaining!;
    expect(wide.leastMs).toBeCloseTo(10_000);
    expect(inWaves.leastMs).toBeCloseTo(40_000);
  });

  it('looks at the last minutes only: a run that became slow says so', () => {
    const devices = [...Array.from({ length: 100 }, (_, i) => ended(i)), ended(590), ended(595), ended(599)];
    const estimate = estimateRun(run('r', { deviceCount: 200 }), devices, at(600), pace(1));
    expect(estimate.perMinute).toBeCloseTo(3 / 5);
  });

  it('does not count devices that were never worked on as speed', () => {
    const skipped = Array.from({ length: 50 }, (_, i) =>
      runDevice(`s${i}`, { state: 'skipped', finishedAt: later(30) }),
    );
    const estimate = estimateRun(run('r', { deviceCount: 60 }), skipped, at(60), pace(1));
    expect(estimate).toMatchObject({ finished: 50, perMinute: null, remaining: null });
  });

  it('has no remaining time once the run has ended', () => {
    const devices = [ended(20), ended(40), ended(60)];
    const over = run('r', { deviceCount: 3, state: 'finished', finishedAt: later(60) });
    expect(estimateRun(over, devices, at(9999), pace(1))).toMatchObject({ finished: 3, remaining: null });
  });
});

describe('an estimate that is shown', () => {
  const same = (ms: number) => ({ leastMs: ms, mostMs: ms });

  it('counts down with the clock while nothing new is learnt', () => {
    expect(smoothed(same(60_000), same(59_000), 1000)).toEqual(same(59_000));
  });

  it('moves a fifth of the way in a second, so that it never jumps', () => {
    const moved = smoothed(same(60_000), same(359_000), 1000)!;
    expect(moved.leastMs).toBeCloseTo(119_000);
  });

  it('is dropped as soon as it cannot be held', () => {
    expect(smoothed(same(60_000), null, 1000)).toBeNull();
  });
});
