import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runAttempt } from '../../src/delivery/attemptFlow.ts';
import type { AttemptOrder, AttemptProgress } from '../../src/delivery/deliveryMethod.ts';
import type { DeviceSession } from '../../src/delivery/deviceSession.ts';
import { failed } from '../../src/domain/failure.ts';
import { ok } from '../../src/shared/result.ts';
import { RecordingReporter } from './attemptFixtures.ts';
import { fakeDevice, fakeOrder, sampleEnd, sampleProbe } from './fakeSession.ts';

const plan = { script: 'true', environment: {}, tools: [] };
const minutes = 60_000;
const resumedAs = (more: Partial<AttemptProgress>): AttemptProgress => ({
  state: 'installing',
  exitCode: null,
  bootIdBeforeRestart: null,
  installFailure: null,
  wasPresent: null,
  ...more,
});
const restart = {
  kind: 'restart',
  message: '',
  repeatMinutes: 5,
  automaticMinutes: 30,
  forceClose: false,
} as const;
const lost = async () => failed('device.connectionLost', {}, { isRetryable: true });

let reporter: RecordingReporter;
beforeEach(() => {
  reporter = new RecordingReporter();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('an installer that never comes to an end', () => {
  const alive: DeviceSession['start'] = (_question, onEvent) => {
    onEvent({ kind: 'started', isNew: true });
    setInterval(() => onEvent({ kind: 'alive' }), 5000);
    return new Promise(() => {});
  };

  it('is given up some minutes after its time, as one whose outcome nobody knows', async () => {
    const { opener } = fakeDevice({ start: alive });
    const attempt = runAttempt(fakeOrder(), reporter, plan, opener);
    await vi.advanceTimersByTimeAsync(5 * minutes);
    expect(reporter.states.at(-1)).toBe('installing');
    await vi.advanceTimersByTimeAsync(2 * minutes);
    await attempt;
    expect(reporter.last).toMatchObject({ state: 'failed', failure: { code: 'installer.outcomeUnknown' } });
  });

  it('leaves the proof that it was started on the device until the journal has its end', async () => {
    const { opener, asked } = fakeDevice({ start: alive });
    let isToldFirst = false;
    reporter.onTransition = ({ state }) => {
      if (state === 'failed') isToldFirst = !asked.includes('clean');
    };
    const attempt = runAttempt(fakeOrder(), reporter, plan, opener);
    await vi.advanceTimersByTimeAsync(7 * minutes);
    await attempt;
    expect(isToldFirst).toBe(true);
  });
});

describe('a device that says something all the time and comes to no end', () => {
  const hours = 60 * minutes;
  const never = () => new Promise<never>(() => {});
  const wantsRestart = async () =>
    ok({ ...sampleEnd, verification: { ...sampleEnd.verification, isRestartRequired: true } });

  it.each<[string, Partial<DeviceSession>, Partial<AttemptOrder>, number, string, string]>([
    ['its check', { probe: never }, {}, hours, 'unreachable', 'device.tooSlow'],
    [
      'its transfer',
      {
        probe: async () => ok({ ...sampleProbe, content: { kind: 'partial', bytes: 0 } }),
        receive: ({ onProgress }) => {
          setInterval(() => onProgress(1), 1000);
          return never();
        },
      },
      {},
      2 * hours,
      'unreachable',
      'device.tooSlow',
    ],
    [
      'what is asked after the installer',
      { verify: never },
      { resume: resumedAs({ state: 'verifying', exitCode: 0 }) },
      hours,
      'failed',
      'device.tooSlow',
    ],
    [
      'its user',
      {
        start: wantsRestart,
        restart: async () => ok({ kind: 'waitingForUser', untilEpochSeconds: 0, secondsLeft: 86_400 }),
      },
      { restart },
      9 * 24 * hours,
      'failed',
      'restart.didNotHappen',
    ],
  ])('is not waited for for ever: %s', async (_name, answers, order, limit, state, code) => {
    const { opener } = fakeDevice(answers);
    const attempt = runAttempt(fakeOrder(order), reporter, plan, opener);
    await vi.advanceTimersByTimeAsync(limit);
    await attempt;
    expect(reporter.last).toMatchObject({ state, failure: { code } });
  });

  it('is asked nothing any more by what was on its way', async () => {
    const { opener, asked } = fakeDevice();
    let letIn = () => {};
    const isLetIn = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const slow = { open: (signal: AbortSignal) => isLetIn.then(() => opener.open(signal)) };
    const attempt = runAttempt(fakeOrder(), reporter, plan, slow);
    await vi.advanceTimersByTimeAsync(hours);
    await attempt;
    letIn();
    await vi.advanceTimersByTimeAsync(minutes);
    expect(asked).toEqual([]);
    expect(reporter.states.at(-1)).toBe('unreachable');
  });
});

describe('recovery', () => {
  it('starts nothing under another account than the one that the installer was started under', async () => {
    const { opener, asked } = fakeDevice({ accountId: 'acc-b' });
    const order = fakeOrder({ resume: resumedAs({}), installerAccountId: 'acc-a' });
    await runAttempt(order, reporter, plan, opener);
    expect(reporter.last).toMatchObject({ state: 'failed', failure: { code: 'installer.outcomeUnknown' } });
    expect(asked).not.toContain('start');
  });

  it.each([
    ['absent', false, 'succeededWithWarning', 'package.presentAfterTimeout'],
    ['present', true, 'failed', 'installer.timeout'],
  ] as const)(
    'remembers that the package was %s before a time-out',
    async (before, wasPresent, state, code) => {
      const first = fakeDevice({
        probe: async () => ok({ ...sampleProbe, detection: { state: before, installedVersion: '1' } }),
        start: () => new Promise(() => {}),
      });
      void runAttempt(fakeOrder({ skipIfInstalled: false }), reporter, plan, first.opener);
      await vi.waitFor(() => expect(first.asked).toContain('start'));
      expect(reporter.last).toMatchObject({ state: 'installing', wasPresent });

      const probe = async () => ok({ ...sampleProbe, job: { kind: 'timeout' } as const });
      const follow = async () => ok({ ...sampleEnd, end: { kind: 'timeout' } as const });
      const resume = resumedAs({ wasPresent });
      const order = fakeOrder({ skipIfInstalled: false, resume });
      const recovered = new RecordingReporter();
      await runAttempt(order, recovered, plan, fakeDevice({ probe, follow }).opener);
      expect(recovered.last).toMatchObject({ state, failure: { code } });
    },
  );

  it('guesses the password of sudo once, also to clean up', async () => {
    const { opener, asked } = fakeDevice({ probe: async () => failed('become.refused') });
    await runAttempt(fakeOrder({ resume: resumedAs({}) }), reporter, plan, opener);
    expect(reporter.last.state).toBe('failed');
    expect(asked).toEqual(['probe']);
  });

  it('follows what another account finds running', async () => {
    const probe = async () => ok({ ...sampleProbe, job: { kind: 'running' } as const });
    const { opener, asked } = fakeDevice({ accountId: 'acc-b', probe });
    const order = fakeOrder({ resume: resumedAs({}), installerAccountId: 'acc-a' });
    await runAttempt(order, reporter, plan, opener);
    expect(reporter.last.state).toBe('succeeded');
    expect(asked).toContain('follow');
  });

  it('restarts no device for a wish that came up after the decision', async () => {
    const verify = async () => ok({ ...sampleEnd.verification, isRestartRequired: true });
    const { opener, asked } = fakeDevice({ verify });
    const order = fakeOrder({ resume: resumedAs({ state: 'verifying', exitCode: 0 }), restart });
    await runAttempt(order, reporter, plan, opener);
    expect(reporter.last.state).toBe('succeeded');
    expect(asked).not.toContain('restart');
  });

  it('waits for a device in the middle of its restart as long as any other', async () => {
    const startedAt = performance.now();
    const isBack = () => performance.now() - startedAt > 10 * minutes;
    const { opener } = fakeDevice({
      restart: async () => ok({ kind: 'restarted', bootId: 'boot-2' }),
    });
    const away = { open: (signal: AbortSignal) => (isBack() ? opener.open(signal) : lost()) };
    const resume = resumedAs({ state: 'restarting', exitCode: 0, bootIdBeforeRestart: 'boot-1' });
    const attempt = runAttempt(fakeOrder({ resume, restart }), reporter, plan, away);
    await vi.advanceTimersByTimeAsync(11 * minutes);
    await attempt;
    expect(reporter.last.state).toBe('succeeded');
  });
});

describe('restart phase', () => {
  const needed = async () =>
    ok({ ...sampleEnd, verification: { ...sampleEnd.verification, isRestartRequired: true } });

  it('waits for a device whose user restarted it and that comes back slowly', async () => {
    let asked = 0;
    let downSince = Number.POSITIVE_INFINITY;
    const { opener } = fakeDevice({
      start: needed,
      restart: async () => {
        if (++asked === 1) return ok({ kind: 'waitingForUser', untilEpochSeconds: 0, secondsLeft: 1800 });
        downSince = Math.min(downSince, performance.now());
        return performance.now() - downSince < 10 * minutes
          ? lost()
          : ok({ kind: 'restarted', bootId: 'boot-2' });
      },
    });
    const attempt = runAttempt(fakeOrder({ restart }), reporter, plan, opener);
    await vi.advanceTimersByTimeAsync(12 * minutes);
    await attempt;
    expect(reporter.last.state).toBe('succeeded');
  });

  it('ends although the line was lost once, when the device never restarts', async () => {
    let asked = 0;
    const { opener } = fakeDevice({
      start: needed,
      restart: async () => (++asked === 2 ? lost() : ok({ kind: 'restarting' })),
    });
    const attempt = runAttempt(fakeOrder({ restart }), reporter, plan, opener);
    await vi.advanceTimersByTimeAsync(20 * minutes);
    await attempt;
    expect(reporter.last).toMatchObject({ state: 'failed', failure: { code: 'restart.didNotHappen' } });
  });
});
