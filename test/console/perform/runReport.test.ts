import { describe, expect, it } from 'vitest';
import { routeKey } from '../../../src/console/keys/route.ts';
import { failure } from '../../../src/domain/failure.ts';
import { ok } from '../../../src/shared/result.ts';
import { device, fakeConsole, later, loadedState, run, runDevice, task, time } from '../consoleFixture.ts';

const over = { state: 'finished', finishedAt: later(60), deviceCount: 2 } as const;
const before = run('before', { ...over, number: 1, counts: { succeeded: 1, failed: 1 } });
const now = run('now', { ...over, number: 2, counts: { succeeded: 1, failed: 1 } });
const live = run('live', { number: 3 });
const bad = failure('installer.exitCode', { exitCode: 7 });

function onRun() {
  const known = { runs: [before, now, live], tasks: [task('task')], devices: [device('a'), device('b')] };
  const fake = fakeConsole(loadedState(known), {
    watchRun: () =>
      ok({
        run: before,
        devices: [runDevice('a', { state: 'failed', failure: bad }), runDevice('b', { state: 'succeeded' })],
      }),
  });
  fake.store.dispatch({ type: 'run/open', runId: 'now', at: time });
  const devices = [runDevice('a', { state: 'succeeded' }), runDevice('b', { state: 'failed', failure: bad })];
  fake.store.dispatch({ type: 'run/loaded', runId: 'now', run: now, devices });
  const press = (...chords: readonly string[]) => {
    for (const chord of chords) routeKey(fake.context, { chord, text: null });
  };
  const until = (test: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!test()) return;
        stop();
        resolve();
      };
      const stop = fake.store.subscribe(look);
      look();
    });
  return { fake, press, until, top: () => fake.store.getState().ui.overlays.at(-1) };
}

describe('a run that is over', () => {
  it('is compared with the run of its task before it', async () => {
    const { press, until, top, fake } = onRun();
    press('=');
    await until(() => top()?.kind === 'report');
    const overlay = top();
    expect(overlay?.kind === 'report' && overlay.lines.map(({ content }) => content)).toMatchObject([
      { key: 'run.compare.newlyUnwell', params: { count: 1 } },
      { plain: '  b' },
      { key: 'run.compare.nowWell', params: { count: 1 } },
      { plain: '  a' },
      { key: 'run.compare.stillUnwell', params: { count: 0 } },
    ]);
    expect(fake.sent.map(({ command }) => command)).toEqual(['watchRun', 'unwatchRun']);
  });

  it('has a report to read here', async () => {
    const { press, until, top } = onRun();
    press('o', 'enter');
    await until(() => top()?.kind === 'report');
    const overlay = top();
    const text = JSON.stringify(overlay?.kind === 'report' ? overlay.lines : []);
    expect(text).toContain('failed: 1');
    expect(text).toContain('  → ');
  });

  it.each([
    ['html', 1, /^<!doctype html>/],
    ['csv', 2, /^\u{FEFF}name,address,state/u],
    ['json', 3, /^\{/],
  ])('is saved as %s', async (ending, downs, beginning) => {
    const { press, until, fake } = onRun();
    press('o', ...Array<string>(downs).fill('down'), 'enter', 'enter', 'enter');
    await until(() => fake.store.getState().ui.notice !== null);
    expect(fake.written).toHaveLength(1);
    expect(fake.written[0]!.path).toBe(`haifu-run2-Installation_of_app.${ending}`);
    expect(fake.written[0]!.text).toMatch(beginning);
  });

  it('is one key away from another run that is under way', () => {
    const { press, fake } = onRun();
    press('>');
    expect(fake.store.getState().run?.runId).toBe('live');
    press('>');
    expect(fake.store.getState().run?.runId).toBe('live');
  });
});
