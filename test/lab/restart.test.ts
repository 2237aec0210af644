import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildDeb } from '../fixtures/debPackage.ts';
import { startsLog } from '../fixtures/installer.ts';
import type { Terminal } from '../journeys/terminal.ts';
import { logIn } from './deviceLogin.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult, registerLab } from './haifuOnLab.ts';
import type { Lab } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';
import { untilRun } from './untilRun.ts';

const used = ['d001', 'd002', 'd003', 'd004'];

describeLab('B39 to B43: an installation that asks for a restart', () => {
  let lab: Lab;
  let haifu: HaifuOnLab;
  const terminals: Terminal[] = [];

  beforeAll(async () => {
    lab = labOfThisRun();
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab);
  });
  afterEach(async () => {
    await Promise.all(terminals.splice(0).map((terminal) => terminal.close()));
    for (const name of used) {
      await lab.until(name, 'true').catch(() => lab.powerOn(name));
      await lab.in(name, 'dpkg -P haifu-restart 2>/dev/null; rm -f /run/reboot-required; true');
      await lab.in(name, `[ ! -e ${startsLog} ] || sed -i '/^haifu-restart /d' ${startsLog}`);
      await lab.in(name, 'rm -f /usr/local/sbin/shutdown /var/log/haifu-lab-shutdown');
    }
  });
  afterAll(async () => {
    await haifu.close();
  });

  const bootOf = (name: string) => lab.in(name, 'cat /proc/sys/kernel/random/boot_id');
  const starts = (name: string, version: string) =>
    lab.in(name, `grep -cx 'haifu-restart ${version}' ${startsLog} || true`);
  const logInOn = async (device: string, user: string) => {
    const terminal = await logIn(lab, device, user);
    terminals.push(terminal);
    return terminal;
  };
  /** The words of an installation whose package asks for a restart; each version is installed once. */
  async function words(version: string, devices: readonly string[], ...more: string[]): Promise<string[]> {
    const file = await buildDeb({ name: 'haifu-restart', version, behaviour: { requestsRestart: true } });
    const chosen = devices.flatMap((name) => ['--device', name]);
    return ['install', file, ...chosen, '--account', 'root-key', '--host-key', 'accept-new', ...more];
  }
  const begin = async (...args: string[]) =>
    (await haifu.must([...args, '--detach'])).json<RunResult>().run.id;
  const watched = async (runId: string): Promise<RunResult['run']> => {
    await haifu.run(['run', 'watch', runId]);
    return (await haifu.run(['run', 'show', runId])).json<RunResult>().run;
  };
  const states = (run: RunResult['run']) =>
    Object.fromEntries(run.devices.map(({ name, state }) => [name, state]));
  async function expectRestarted(name: string, before: string, version: string): Promise<void> {
    expect([name, await bootOf(name)]).not.toEqual([name, before]);
    expect([name, await starts(name, version)]).toEqual([name, '1']);
    expect(await lab.in(name, `dpkg-query -W -f '\${Version}' haifu-restart`)).toBe(version);
    expect(await lab.in(name, 'ls -A /var/lib/haifu/jobs; ls -A /usr/local/bin')).toBe('');
  }

  test('B39: not to be restarted, it ends as restart pending and goes on running', async () => {
    const before = await bootOf('d001');
    const answer = await haifu.must(await words('1.0.0', ['d001'], '--restart', 'never'));
    const { run } = answer.json<RunResult>();
    expect(states(run)).toEqual({ d001: 'restartPending' });
    expect(run.summary).toMatchObject({ succeeded: 1, failed: 0 });
    expect(await bootOf('d001')).toBe(before);

    // B88: exactly those whose restart is pending; the package is there already, nothing is started again.
    const again = (await haifu.run(['run', 'retry', run.id, '--restart-pending'])).json<RunResult>().run;
    expect(states(again)).toEqual({ d001: 'skipped' });
    expect(await starts('d001', '1.0.0')).toBe('1');
  });

  test('B40: it restarts and is verified behind the restart, while somebody is logged in', async () => {
    const before = await bootOf('d001');
    const terminal = await logInOn('d001', 'keyonly');
    const answer = await haifu.must(await words('1.1.0', ['d001'], '--restart', 'always'));
    expect(states(answer.json<RunResult>().run)).toEqual({ d001: 'succeeded' });
    await expectRestarted('d001', before, '1.1.0');
    expect(terminal.text()).not.toContain('haifu-restart');
  });

  test('B41: nobody is logged in, so nobody is asked: it restarts at once', async () => {
    const before = await bootOf('d002');
    const startedAt = performance.now();
    const answer = await haifu.must(await words('1.2.0', ['d002']));
    expect(states(answer.json<RunResult>().run)).toEqual({ d002: 'succeeded' });
    await expectRestarted('d002', before, '1.2.0');
    // The default time until the automatic restart is 30 minutes.
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });

  test('B41: users are asked on their terminals; one answers later, then now; one never answers', async () => {
    const [patient, absent] = ['d003', 'd004'] as const;
    const before = { [patient]: await bootOf(patient), [absent]: await bootOf(absent) };
    const asked = await logInOn(patient, 'plain');
    const away = await logInOn(absent, 'admin');
    const runId = await begin(
      ...(await words('1.3.0', [patient, absent])),
      ...['--restart', 'prompt', '--restart-message', 'Save your work. 作業を保存してください。'],
      ...['--restart-repeat', '1', '--restart-after', '1'],
    );
    for (const terminal of [asked, away]) {
      await terminal.waitFor('Save your work. 作業を保存してください。');
      expect(terminal.text()).toContain('haifu-restart later 60');
    }
    await untilRun(haifu, runId, (rows) =>
      [patient, absent].every((name) => rows[name]?.activity === 'waitingForUser'),
    );
    await asked.press('haifu-restart later 60; haifu-restart status', 'enter');
    await asked.waitFor(/\(\d+ min\)/);
    await lab.until(patient, "grep -q '^waiting' /run/haifu/status");
    await asked.press('until haifu-restart status | grep -E "[(](59|60) min"; do sleep 0.2; done', 'enter');
    await asked.waitFor(/\((59|60) min\)/);
    // What users said is on the device: the server has no part in it.
    await haifu.killServer();
    await haifu.must(['server', 'start']);
    const rows = await untilRun(haifu, runId, (all) => all[absent]?.state === 'succeeded', 120_000);
    await expectRestarted(absent, before[absent]!, '1.3.0');
    expect(rows[patient]?.state).toBe('restarting');
    expect(await bootOf(patient)).toBe(before[patient]);

    await asked.press('haifu-restart now', 'enter');
    expect(states(await watched(runId))).toEqual({ [patient]: 'succeeded', [absent]: 'succeeded' });
    await expectRestarted(patient, before[patient]!, '1.3.0');
  });

  test('B43: programs of open sessions are ended before the restart only when that was chosen', async () => {
    const programs = ['d003', 'd004'] as const;
    for (const name of programs) {
      // What still runs when the restart is asked for.
      const witness = `#!/bin/sh\npgrep -fa stubborn-editor >/var/log/haifu-lab-shutdown\nexec /usr/sbin/shutdown "$@"\n`;
      await lab.in(name, ['sh', '-c', `printf %s "$1" >/usr/local/sbin/shutdown`, '-', witness]);
      await lab.in(name, 'chmod 755 /usr/local/sbin/shutdown');
      const terminal = await logInOn(name, 'plain');
      await terminal.press(
        `sh -c 'trap "" TERM HUP; echo editing; while :; do sleep 1; done' stubborn-editor`,
        'enter',
      );
      await terminal.waitFor(/^editing$/m);
    }
    await Promise.all([
      haifu.must(await words('1.4.0', ['d003'], '--restart', 'always')),
      haifu.must(await words('1.4.0', ['d004'], '--restart', 'always', '--force-close')),
    ]);
    expect(await lab.in('d003', 'cat /var/log/haifu-lab-shutdown')).toContain('stubborn-editor');
    expect(await lab.in('d004', 'cat /var/log/haifu-lab-shutdown')).not.toContain('stubborn-editor');
  });

  test('the server is killed while devices restart: each restarts once and its end is true', async () => {
    const before = { d001: await bootOf('d001'), d002: await bootOf('d002') };
    const runId = await begin(...(await words('1.5.0', ['d001', 'd002'], '--restart', 'always')));
    await untilRun(haifu, runId, (rows) => rows.d001?.state === 'restarting');
    await haifu.killServer();
    expect(states(await watched(runId))).toEqual({ d001: 'succeeded', d002: 'succeeded' });
    for (const name of ['d001', 'd002'] as const) await expectRestarted(name, before[name], '1.5.0');
  });
});
