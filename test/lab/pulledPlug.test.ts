import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDeb } from '../fixtures/debPackage.ts';
import { startsLog } from '../fixtures/installer.ts';
import { debDevices, type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab, LabDevice } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

/** A few guard it in every run of the tests; HAIFU_PLUG_MOMENTS=20 shows it at length. */
const moments = Number(process.env.HAIFU_PLUG_MOMENTS ?? 5);

/** A lab that is kept between runs has earlier versions already. */
const stamp = Date.now();

/** Milliseconds, spread over a run's length by a fixed sequence: a failing moment can be met again. */
const momentMs = (index: number): number => 50 + ((index * 7919) % 100) * 35;

describeLab('the plug pulled during a run of twenty devices', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  let devices: readonly LabDevice[];

  beforeAll(async () => {
    lab = labOfThisRun();
    devices = await debDevices(lab, 20);
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab, devices);
    const names = devices.map(({ name }) => name);
    await haifu.must(['device', 'check', ...names, '--account', 'root-key', '--host-key', 'accept-new']);
  });
  afterAll(async () => {
    await haifu.close();
  });

  /** Starts a run and answers its number without waiting for it. */
  async function begin(version: string): Promise<string> {
    const file = await buildDeb({
      name: 'haifu-plug',
      version,
      payloadMegabytes: 1,
      behaviour: { sleepSeconds: 1 },
    });
    const chosen = devices.flatMap(({ name }) => ['--device', name]);
    const answer = await haifu.must(['install', file, ...chosen, '--account', 'root-key', '--detach']);
    return answer.json<RunResult>().run.id;
  }

  /** Every device ends in its true state: unreachable only where nothing was started, and then a retry installs. */
  async function expectTruth(runId: string, version: string): Promise<void> {
    await haifu.run(['run', 'watch', runId]);
    let { run } = (await haifu.run(['run', 'show', runId])).json<RunResult>();
    const away = run.devices.filter(({ state }) => state === 'unreachable').map(({ name }) => name);
    for (const name of away) expect([name, await starts(name, version)]).toEqual([name, '0']);
    const others = run.devices.filter(({ name }) => !away.includes(name));
    expect(
      others.map(({ name, state, attempt, failure }) => [version, name, state, attempt, failure?.code]),
    ).toEqual(others.map(({ name }) => [version, name, 'succeeded', 1, undefined]));
    if (away.length > 0) {
      run = (await haifu.must(['run', 'retry', runId, '--unreachable'])).json<RunResult>().run;
      expect(run.devices.map(({ name }) => name).sort()).toEqual(away.sort());
    }
    for (const { name } of devices) {
      const status = await lab.in(name, `dpkg-query -W -f '\${Status} \${Version}' haifu-plug`);
      expect([name, status, await starts(name, version)]).toEqual([
        name,
        `install ok installed ${version}`,
        '1',
      ]);
    }
  }

  const starts = (name: string, version: string): Promise<string> =>
    lab.in(name, `cat ${startsLog} 2>/dev/null | grep -cx 'haifu-plug ${version}' || true`);

  test(`kill -9 of the server at ${moments} moments: each installer is started once, each end is true`, async () => {
    for (let index = 0; index < moments; index++) {
      const version = `1.${index}.${stamp}`;
      const runId = await begin(version);
      await new Promise((resolve) => setTimeout(resolve, momentMs(index)));
      await haifu.killServer();
      await expectTruth(runId, version);
    }
  }, 600_000);

  test(`lines cut and restored at ${moments} moments: the same`, async () => {
    for (let index = 0; index < moments; index++) {
      const version = `2.${index}.${stamp}`;
      const runId = await begin(version);
      await new Promise((resolve) => setTimeout(resolve, momentMs(index)));
      const cut = devices.filter((_, at) => (at + index) % 4 === 0);
      await Promise.all(cut.map(({ name }, at) => lab.fault(name, at % 2 === 0 ? 'blackhole' : 'reject')));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await Promise.all(cut.map(({ name }) => lab.heal(name)));
      await expectTruth(runId, version);
    }
  }, 600_000);
});
