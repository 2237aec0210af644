import { describe, expect, it } from 'vitest';
import { estimateRun } from '../../../src/console/viewmodels/runEstimate.ts';
import { later, run, runDevice, time } from '../consoleFixture.ts';

const ended = (seconds: number) =>
  runDevice(`d${seconds}`, { state: 'succeeded', startedAt: time, finishedAt: later(seconds) });
const at = (seconds: number) => Date.parse(later(seconds));

describe('the estimate of a run', () => {
  it('promises nothing before enough devices have ended', () => {
    const devices = [ended(20), ended(40), runDevice('x')];
    expect(estimateRun(run('r', { deviceCount: 3 }), devices, at(60))).toEqual({
      finished: 2,
      total: 3,
      perMinute: null,
      remainingMs: null,
    });
  });

  it('reckons from the ends of devices', () => {
    const devices = [ended(20), ended(40), ended(60), runDevice('x'), runDevice('y')];
    const estimate = estimateRun(run('r', { deviceCount: 5 }), devices, at(60));
    expect(estimate.perMinute).toBeCloseTo(3);
    expect(estimate.remainingMs).toBeCloseTo(40_000);
  });

  it('looks at the last minutes only: a run that became slow says so', () => {
    const devices = [...Array.from({ length: 100 }, (_, i) => ended(i)), ended(590), ended(595), ended(599)];
    const estimate = estimateRun(run('r', { deviceCount: 200 }), devices, at(600));
    expect(estimate.perMinute).toBeCloseTo(3 / 5);
  });

  it('does not count devices that were never worked on as speed', () => {
    const skipped = Array.from({ length: 50 }, (_, i) =>
      runDevice(`s${i}`, { state: 'skipped', finishedAt: later(30) }),
    );
    const estimate = estimateRun(run('r', { deviceCount: 60 }), skipped, at(60));
    expect(estimate).toMatchObject({ finished: 50, perMinute: null, remainingMs: null });
  });

  it('has no remaining time once the run has ended', () => {
    const devices = [ended(20), ended(40), ended(60)];
    const over = run('r', { deviceCount: 3, state: 'finished', finishedAt: later(60) });
    expect(estimateRun(over, devices, at(9999))).toMatchObject({ finished: 3, remainingMs: null });
  });
});
