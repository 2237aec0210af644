import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createRunJournal,
  openRunJournal,
  type RunJournalEntry,
  readRunJournal,
} from '../../../src/server/store/runJournal.ts';
import { ok } from '../../../src/shared/result.ts';
import { FakeDisk } from './fakeDisk.ts';
import { accepted, failureOf, idOf, sampleRun, sampleRunDevice, time } from './sampleStore.ts';

const runId = sampleRun.id;
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-run-'));
  file = join(folder, 'runs', runId, 'journal.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const started: RunJournalEntry = {
  kind: 'started',
  at: time,
  run: sampleRun,
  devices: [sampleRunDevice(1), sampleRunDevice(2)],
  plan: { waves: [[1], [2]], note: 'コメント' },
};
const device = (index: number, state: Parameters<typeof sampleRunDevice>[1]): RunJournalEntry => ({
  kind: 'device',
  at: time,
  device: sampleRunDevice(index, state),
  resume: {
    state: state!,
    exitCode: null,
    bootIdBeforeRestart: null,
    installFailure: {
      code: 'installer.signal',
      params: { signal: 'SIGKILL' },
      stage: 'install',
      isRetryable: false,
    },
    wasPresent: true,
  },
});
const run = (state: 'cancelling' | 'finished'): RunJournalEntry => ({ kind: 'run', at: time, state });

async function written(...entries: RunJournalEntry[]): Promise<void> {
  const journal = accepted(await createRunJournal(folder, runId));
  for (const entry of entries) accepted(await journal.append(entry));
  await journal.close();
}

describe('a run’s journal', () => {
  it('reads back the start and the newest of each device and of the run, and goes on', async () => {
    await written(started, device(1, 'connecting'), device(2, 'connecting'), device(1, 'installing'));
    const { journal, entries } = accepted(await openRunJournal(folder, runId));
    expect(entries).toEqual([started, device(1, 'installing'), device(2, 'connecting')]);
    await Promise.all([journal.append(run('cancelling')), journal.append(run('finished'))]);
    await journal.close();
    expect(accepted(await readRunJournal(folder, runId))).toEqual([
      started,
      device(1, 'installing'),
      device(2, 'connecting'),
      run('finished'),
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const path of ['runs', join('runs', runId)]) {
      expect((await stat(join(folder, path))).mode & 0o777).toBe(0o700);
    }
  });

  it('can be cut at any byte of its last record, and loses that one only', async () => {
    await written(started, device(1, 'connecting'), device(1, 'installing'));
    const whole = await readFile(file);
    const lastStart = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let length = lastStart; length < whole.length; length += 7) {
      await writeFile(file, whole);
      await truncate(file, length);
      const { journal, entries } = accepted(await openRunJournal(folder, runId));
      expect(entries).toEqual([started, device(1, 'connecting')]);
      accepted(await journal.append(device(1, 'failed')));
      await journal.close();
      expect(accepted(await readRunJournal(folder, runId))).toEqual([started, device(1, 'failed')]);
    }
  });

  it('damaged in the middle, or not this run’s, is refused', async () => {
    await written(started, device(1, 'connecting'), device(1, 'installing'));
    const whole = await readFile(file);
    const offset = whole.indexOf('\n') + 1;
    whole[offset + 30]! ^= 2;
    await writeFile(file, whole);
    for (const answer of [await readRunJournal(folder, runId), await openRunJournal(folder, runId)]) {
      expect(failureOf(answer)).toMatchObject({
        code: 'store.damaged',
        params: { file: `runs/${runId}/journal.ndjson`, offset },
      });
    }
    const other = idOf('run', 2);
    await accepted(await createRunJournal(folder, other)).close();
    await writeFile(join(folder, 'runs', other, 'journal.ndjson'), await readFile(file));
    expect(failureOf(await readRunJournal(folder, other)).code).toBe('store.damaged');
  });

  it('is made once, is not found where there is none, and is no path', async () => {
    await written();
    expect(failureOf(await createRunJournal(folder, runId)).params['reason']).toBe('EEXIST');
    expect(failureOf(await readRunJournal(folder, idOf('run', 9))).code).toBe('input.notFound');
    await expect(createRunJournal(folder, '../../etc')).rejects.toThrow('not an id');
    expect(await readdir(join(folder, 'runs'))).toEqual([runId]);
  });

  it('refuses an entry that could not be read back', async () => {
    const journal = accepted(await createRunJournal(folder, runId));
    const bad = { ...device(1, 'failed'), at: 'yesterday' } as RunJournalEntry;
    await expect(journal.append(bad)).rejects.toThrow('device at');
    await journal.close();
    expect(accepted(await readRunJournal(folder, runId))).toEqual([]);
  });
});

it('syncs entries of many devices together, and has nothing of a refused one', async () => {
  const disk = new FakeDisk();
  const journal = accepted(await createRunJournal('/data', runId, disk));
  let syncs = 0;
  disk.onCall = (syscall) => {
    if (syscall === 'sync') syncs++;
  };
  accepted(await journal.append(started));
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => journal.append(device(index, 'connecting'))),
  );
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(syncs).toBeLessThanOrEqual(3);
  for (let call = 1; call <= 2; call++) {
    disk.fault = { call: disk.calls + call, code: 'EIO', isLasting: false };
    expect(failureOf(await journal.append(device(1, 'failed'))).code).toBe('store.writeFailed');
    disk.fault = null;
    for (const left of [disk, disk.afterPowerCut(disk.operations.length, { kind: 'drop' })]) {
      expect(accepted(await readRunJournal('/data', runId, left))).toHaveLength(201);
    }
  }
  expect(await journal.append(run('finished'))).toEqual(ok(undefined));
  expect(accepted(await readRunJournal('/data', runId, disk)).at(-1)).toEqual(run('finished'));
});

describe('compacting', () => {
  const ended: RunJournalEntry[] = [
    { ...started, devices: [sampleRunDevice(1, 'failed'), sampleRunDevice(2, 'succeeded')] },
    run('finished'),
  ];
  const before = [started, device(1, 'failed'), device(2, 'succeeded'), run('finished')];

  async function onDisk(disk: FakeDisk) {
    const journal = accepted(await createRunJournal('/data', runId, disk));
    for (const entry of before) accepted(await journal.append(entry));
    return journal;
  }

  it('puts what is left in the place of all, and goes on', async () => {
    const disk = new FakeDisk();
    const journal = await onDisk(disk);
    accepted(await journal.compact(ended));
    expect(accepted(await readRunJournal('/data', runId, disk))).toEqual(ended);
    accepted(await journal.append(run('cancelling')));
    await journal.close();
    expect(accepted(await readRunJournal('/data', runId, disk))).toEqual([ended[0], run('cancelling')]);
  });

  it('leaves the old or the new, whatever call was the last and whatever the disk had synced', async () => {
    const whole = new FakeDisk();
    const journal = await onDisk(whole);
    const first = whole.calls;
    const operations = whole.operations.length;
    accepted(await journal.compact(ended));
    for (let at = operations; at <= whole.operations.length; at++) {
      for (const kind of ['drop', 'keep'] as const) {
        const left = accepted(await readRunJournal('/data', runId, whole.afterPowerCut(at, { kind })));
        expect([before, ended]).toContainEqual(left);
      }
    }
    for (let call = first + 1; call <= whole.calls; call++) {
      const disk = new FakeDisk();
      const other = await onDisk(disk);
      disk.fault = { call, code: 'EIO', isLasting: true };
      await other.compact(ended);
      disk.fault = null;
      expect([before, ended]).toContainEqual(accepted(await readRunJournal('/data', runId, disk)));
      accepted(await other.append(run('cancelling')));
      expect(accepted(await readRunJournal('/data', runId, disk)).at(-1)).toEqual(run('cancelling'));
    }
  });

  it('keeps a journal in bounds that is opened again and again', async () => {
    await written(started);
    const sizes: number[] = [];
    for (let round = 0; round < 20; round++) {
      const { journal, entries } = accepted(await openRunJournal(folder, runId));
      expect(entries).toEqual(round === 0 ? [started] : [started, device(1, 'installing')]);
      for (const state of ['connecting', 'checking', 'installing'] as const)
        accepted(await journal.append(device(1, state)));
      await journal.close();
      sizes.push((await stat(file)).size);
    }
    expect(Math.max(...sizes.slice(5))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 5)));
    expect(await readdir(join(folder, 'runs', runId))).toEqual(['journal.ndjson']);
  });
});
