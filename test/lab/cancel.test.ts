import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildDeb, type DebDescription } from '../fixtures/debPackage.ts';
import { type InstallerBehaviour, startsLog } from '../fixtures/installer.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';
import { untilRun } from './untilRun.ts';

const used = ['d009', 'd010', 'd011', 'd012', 'd013', 'd014'];
const goOn = '/run/haifu-lab-go-on';
const broken = '/run/haifu-lab-broken';

describeLab('B87, B88: cancelling a run, and what is done again afterwards', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;

  beforeAll(async () => {
    lab = labOfThisRun();
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab);
    await haifu.must(['device', 'check', ...used, '--account', 'root-key', '--host-key', 'accept-new']);
  });
  afterEach(async () => {
    for (const name of used) {
      // An installer that a failed test left behind comes to its end first.
      await lab.in(name, `touch ${goOn}`);
      await lab.until(name, '! pgrep -x dpkg >/dev/null');
      await lab.heal(name);
      await lab.in(name, `rm -f ${goOn} ${broken}; dpkg -P --force-all haifu-cancel 2>/dev/null; true`);
      await lab.in(name, `touch ${startsLog}; sed -i '/^haifu-cancel /d' ${startsLog}`);
    }
  });
  afterAll(async () => {
    await haifu.close();
  });

  const packageOf = (version: string, behaviour: InstallerBehaviour): Promise<string> =>
    buildDeb({ name: 'haifu-cancel', version, behaviour } satisfies DebDescription);
  const words = (file: string, devices: readonly string[], ...more: string[]) => [
    ...['install', file, ...devices.flatMap((name) => ['--device', name])],
    ...['--account', 'root-key', ...more],
  ];
  const begin = async (...args: string[]) =>
    (await haifu.must([...args, '--detach'])).json<RunResult>().run.id;
  const shown = async (runId: string) => (await haifu.run(['run', 'show', runId])).json<RunResult>().run;
  const statesOf = (run: RunResult['run']) =>
    Object.fromEntries(run.devices.map(({ name, state }) => [name, state]));
  const watched = async (runId: string) => {
    await haifu.run(['run', 'watch', runId]);
    return shown(runId);
  };
  const retried = async (runId: string, ...sets: string[]) =>
    (await haifu.run(['run', 'retry', runId, ...sets])).json<RunResult>().run;
  /** How often the installer was started, by device; what is not named was not touched. */
  async function starts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const name of used) {
      const count = Number(await lab.in(name, `grep -c '^haifu-cancel ' ${startsLog} 2>/dev/null || true`));
      if (count > 0) counts[name] = count;
    }
    return counts;
  }

  test('installers that run are left to finish, their true results stand; the others are not touched', async () => {
    const [good, bad, ...others] = ['d009', 'd010', 'd011', 'd012', 'd013'] as const;
    await lab.in(bad, `touch ${broken}`);
    const file = await packageOf('1.0.0', { waitForFile: goOn, exitCode: 4, onlyIfFile: broken });
    const runId = await begin(...words(file, [good, bad, ...others], '--concurrency', '2'));
    for (const name of [good, bad]) await lab.until(name, `grep -q '^haifu-cancel ' ${startsLog}`);
    await haifu.must(['run', 'cancel', runId]);
    await untilRun(
      haifu,
      runId,
      (rows) =>
        others.every((name) => rows[name]?.state === 'cancelled') &&
        [good, bad].every((name) => rows[name]?.state === 'cancelling'),
    );
    for (const name of [good, bad]) await lab.in(name, `touch ${goOn}`);

    const run = await watched(runId);
    expect(run.state).toBe('cancelled');
    expect(run.devices.find(({ name }) => name === good)).toMatchObject({ failure: null, exitCode: 0 });
    expect(statesOf(run)).toEqual({
      [good]: 'succeeded',
      [bad]: 'failed',
      ...Object.fromEntries(others.map((name) => [name, 'cancelled'])),
    });
    const failed = run.devices.find(({ name }) => name === bad)!;
    expect(failed).toMatchObject({ attempts: 1, failure: { code: 'installer.exitCode' } });
    expect(await starts()).toEqual({ [good]: 1, [bad]: 1 });
    for (const name of others)
      expect(
        await lab.in(name, 'ls -A /var/lib/haifu/jobs /var/lib/haifu/cache 2>/dev/null || true'),
      ).not.toMatch(/[0-9a-f]{32}/);

    // B88: exactly the cancelled ones, then exactly the failed one.
    for (const name of used) await lab.in(name, `touch ${goOn}; rm -f ${broken}`);
    expect(statesOf(await retried(runId, '--cancelled'))).toEqual(
      Object.fromEntries(others.map((name) => [name, 'succeeded'])),
    );
    expect(await starts()).toEqual(Object.fromEntries([good, bad, ...others].map((name) => [name, 1])));
    expect(statesOf(await retried(runId, '--failed'))).toEqual({ [bad]: 'succeeded' });
    expect(await starts()).toMatchObject({ [bad]: 2, [good]: 1, [others[0]]: 1 });
  });

  test('an installer that is to be ended is gone from the device, and the next attempt installs', async () => {
    const file = await packageOf('2.0.0', { waitForFile: goOn });
    const runId = await begin(...words(file, ['d009', 'd010'], '--concurrency', '1'));
    await lab.until('d009', `grep -q '^haifu-cancel ' ${startsLog}`);
    await haifu.must(['run', 'cancel', runId, '--kill']);
    const run = await watched(runId);
    expect(statesOf(run)).toEqual({ d009: 'cancelled', d010: 'cancelled' });
    expect(run.devices.find(({ name }) => name === 'd009')).toMatchObject({
      attempts: 0,
      failure: { code: 'installer.cancelled' },
    });
    expect(await lab.in('d009', "pgrep -fa '[h]aifu-cancel|[d]pkg -i|[h]aifu/jobs' || true")).toBe('');
    expect(await starts()).toEqual({ d009: 1 });

    for (const name of ['d009', 'd010']) await lab.in(name, `touch ${goOn}`);
    expect(statesOf(await retried(runId, '--cancelled'))).toEqual({ d009: 'succeeded', d010: 'succeeded' });
    expect(await lab.in('d009', 'dpkg -s haifu-cancel')).toContain('Status: install ok installed');
  });

  test('one device of a run is cancelled; the run goes on', async () => {
    const file = await packageOf('3.0.0', { waitForFile: goOn });
    const runId = await begin(...words(file, ['d009', 'd010', 'd011'], '--concurrency', '1'));
    await lab.until('d009', `grep -q '^haifu-cancel ' ${startsLog}`);
    await haifu.must(['run', 'cancel', runId, '--device', 'd010']);
    for (const name of used) await lab.in(name, `touch ${goOn}`);
    const run = await watched(runId);
    expect([run.state, statesOf(run)]).toEqual([
      'finished',
      { d009: 'succeeded', d010: 'cancelled', d011: 'succeeded' },
    ]);
    expect(await starts()).toEqual({ d009: 1, d011: 1 });
  });

  test('B88, B90: each retry set takes exactly its devices', async () => {
    await lab.fault('d009', 'reject');
    await lab.in('d010', `touch ${broken}`);
    const file = await packageOf('4.0.0', { exitCode: 4, onlyIfFile: broken });
    const limits = ['--concurrency', '1', '--attempts', '1', '--stop-after-failures', '1'];
    const first = await haifu.run(words(file, ['d009', 'd010', 'd011', 'd012'], ...limits));
    const { run } = first.json<RunResult>();
    expect([first.exitCode, statesOf(run)]).toEqual([
      1,
      { d009: 'unreachable', d010: 'failed', d011: 'notStarted', d012: 'notStarted' },
    ]);
    expect(await starts()).toEqual({ d010: 1 });
    await lab.heal('d009');
    await lab.in('d010', `rm ${broken}; dpkg -P --force-all haifu-cancel`);
    expect(statesOf(await retried(run.id, '--unreachable'))).toEqual({ d009: 'succeeded' });
    expect(statesOf(await retried(run.id, '--device', 'd012'))).toEqual({ d012: 'succeeded' });
    expect(statesOf(await retried(run.id, '--not-started'))).toEqual({
      d011: 'succeeded',
      d012: 'skipped',
    });
    // B30: its one attempt is used up; raising the number is what helps.
    const spent = await haifu.run(['run', 'retry', run.id, '--failed']);
    expect(spent.json<unknown>()).toMatchObject({ error: { code: 'attempts.allExhausted' } });
    await haifu.must(['task', 'set', run.task, '--attempts', '2']);
    expect(statesOf(await retried(run.id, '--failed'))).toEqual({ d010: 'succeeded' });
    expect(await starts()).toEqual({ d009: 1, d010: 2, d011: 1, d012: 1 });
    // A set with nobody in it is said, and makes no run.
    const nobody = await haifu.run(['run', 'retry', run.id, '--cancelled']);
    expect(nobody.exitCode).toBe(2);
  });
});
