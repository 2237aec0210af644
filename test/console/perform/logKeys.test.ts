import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyEvents } from '../../../src/console/keys/chord.ts';
import { routeKey } from '../../../src/console/keys/route.ts';
import { readTail } from '../../../src/console/run/logChunks.ts';
import { windowEnd, windowStart } from '../../../src/console/state/logState.ts';
import { mostWindowBytes } from '../../../src/console/state/reduceLog.ts';
import { buildLogLines } from '../../../src/console/viewmodels/logView.ts';
import { failure } from '../../../src/domain/failure.ts';
import { readAttemptLog } from '../../../src/server/store/attemptLog.ts';
import { ok } from '../../../src/shared/result.ts';
import { fakeConsole, later, loadedState, run, runDevice, task, time } from '../consoleFixture.ts';

const runId = 'run-00000000000000000001';
const deviceId = 'dev-00000000000000000001';
const lineCount = 120_000;
/** About nine megabytes: much more than a window. */
const lineText = (i: number): string =>
  i === 30_000 || i === 90_000 ? `line ${i} 失敗: Needle` : `line ${i} ${'展開中 unpacking '.repeat(3)}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-test-'));
  const logs = join(folder, 'runs', runId, 'logs');
  await mkdir(logs, { recursive: true });
  const whole = Array.from({ length: lineCount }, (_, i) => `${lineText(i)}\n`).join('');
  await writeFile(join(logs, `${deviceId}.2.log`), whole);
  await writeFile(join(logs, `${deviceId}.1.log`), 'first try\nE: no disk\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The device's screen over a real log file; the answers are those of the server's own reader. */
async function onDevice() {
  const device = runDevice(deviceId, {
    state: 'failed',
    attempt: 2,
    finishedAt: later(60),
    timeline: [{ state: 'connecting', at: later(30) }],
    earlierAttempts: [
      {
        attempt: 1,
        attemptId: null,
        timeline: [{ state: 'connecting', at: time }],
        endedAt: later(20),
        failure: failure('installer.exitCode', { exitCode: 1 }),
        exitCode: 1,
      },
    ],
  });
  const theRun = run(runId, { state: 'finished', finishedAt: later(60), deviceCount: 1 });
  const fake = fakeConsole(loadedState({ runs: [theRun], tasks: [task('task')] }), {
    readLog: (async (params: { attempt: number | null; offset: number; maxBytes: number }) => {
      const attempt = params.attempt ?? 2;
      const read = await readAttemptLog(folder, runId, deviceId, attempt, params.offset, params.maxBytes);
      if (!read.ok) return read;
      return ok({ ...read.value, attempt, isComplete: read.value.nextOffset >= read.value.sizeBytes });
    }) as never,
  });
  fake.store.dispatch({ type: 'run/open', runId, at: time });
  fake.store.dispatch({ type: 'run/loaded', runId, run: theRun, devices: [device] });
  press(fake, 'enter');
  await openTail(fake);
  return fake;
}
type Fake = ReturnType<typeof fakeConsole>;

const log = (fake: Fake) => fake.store.getState().run!.log!;
function press(fake: Fake, ...chords: readonly string[]) {
  for (const chord of chords)
    if (chord.length === 1) for (const event of keyEvents(chord, {} as never)) routeKey(fake.context, event);
    else routeKey(fake.context, { chord, text: null });
}
/** What the reader does when a log is opened. */
async function openTail(fake: Fake) {
  const { earlier } = log(fake);
  const subject = { runId, deviceId, attempt: earlier === null ? null : earlier + 1 };
  const read = await readTail(fake.context.send, subject);
  if (read.ok)
    fake.store.dispatch({ type: 'run/logChunk', deviceId, earlier, read: read.value, place: 'alone' });
}
/** Until the state stays as it is: every read in between is of a file. */
async function until(fake: Fake, test: () => boolean) {
  if (test()) return;
  await new Promise<void>((resolve) => {
    const stop = fake.store.subscribe(() => {
      if (!test()) return;
      stop();
      resolve();
    });
  });
}
const shown = (fake: Fake) =>
  buildLogLines(log(fake), { rows: 10, width: 78 }, '').map((line) => line.map(({ text }) => text).join(''));

describe('a log that is longer than its window', () => {
  it('opens at its end, and its beginning is one key away', async () => {
    const fake = await onDevice();
    expect(shown(fake).at(-1)).toContain(`line ${lineCount - 1} `);
    press(fake, 'g');
    await until(fake, () => windowStart(log(fake)) === 0 && log(fake).lines[0] === lineText(0));
    expect(shown(fake)[0]).toContain('line 0 ');
    expect(log(fake).isFollowing).toBe(false);
    press(fake, 'f');
    await until(fake, () => log(fake).lines.at(-1) === lineText(lineCount - 1));
    expect(log(fake).isFollowing).toBe(true);
  });

  it('reads on backwards without a gap, and keeps the window bounded', async () => {
    const fake = await onDevice();
    for (let page = 0; page < 40; page++) {
      const start = windowStart(log(fake));
      fake.store.dispatch({
        type: 'run/log',
        log: { ...log(fake), isFollowing: false, top: { line: 0, row: 0 } },
      });
      press(fake, 'pageup');
      await until(fake, () => windowStart(log(fake)) < start);
      expect(windowEnd(log(fake)) - windowStart(log(fake))).toBeLessThanOrEqual(mostWindowBytes);
    }
    const numbers = log(fake).lines.map((line) => Number(/^line (\d+)/.exec(line)?.[1]));
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
  });

  it('finds a text anywhere, from the end on from the beginning, and marks it', async () => {
    const fake = await onDevice();
    press(fake, '/', ...'needle', 'enter');
    await until(
      fake,
      () => log(fake).search?.line !== null && log(fake).lines.some((line) => line === lineText(30_000)),
    );
    expect(shown(fake).some((row) => row.startsWith('>line 30000 失敗: Needle'))).toBe(true);
    press(fake, 'n');
    await until(fake, () => log(fake).lines[log(fake).search?.line ?? -1] === lineText(90_000));
    press(fake, 'N');
    await until(fake, () => log(fake).lines[log(fake).search?.line ?? -1] === lineText(30_000));
    press(fake, 'escape');
    expect(log(fake).search).toBeNull();
    expect(fake.store.getState().run?.view).toBe('device');
  });

  it('says that a text is nowhere', async () => {
    const fake = await onDevice();
    press(fake, '/', ...'no such words', 'enter');
    await until(fake, () => {
      const content = fake.store.getState().ui.notice?.content;
      return content !== undefined && 'key' in content && content.key === 'run.search.none';
    });
  });

  it('is saved whole, attempt by attempt', async () => {
    const fake = await onDevice();
    press(fake, '[');
    await openTail(fake);
    expect(log(fake).lines).toEqual(['first try', 'E: no disk']);
    press(fake, 's', 'enter', 'enter');
    await until(fake, () => fake.store.getState().ui.notice !== null);
    expect(fake.written).toEqual([
      { path: `haifu-run1-${deviceId}-attempt1.log`, text: 'first try\nE: no disk\n' },
    ]);
    press(fake, ']', 's', 'enter', 'enter');
    await until(fake, () => fake.written.length === 2);
    expect(fake.written[1]!.text.split('\n')).toHaveLength(lineCount + 1);
  });
});
