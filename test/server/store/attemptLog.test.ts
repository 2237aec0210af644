import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openAttemptLog, readAttemptLog } from '../../../src/server/store/attemptLog.ts';
import { accepted, idOf } from './sampleStore.ts';

const [runId, deviceId] = [idOf('run', 1), idOf('dev', 1)];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (limitBytes: number, ...texts: string[]): Promise<void> => {
  const log = accepted(await openAttemptLog(folder, runId, deviceId, 1, limitBytes));
  await Promise.all(texts.map((text) => log.append(text)));
  await log.close();
};
const read = async (offset: number, maxBytes: number) =>
  accepted(await readAttemptLog(folder, runId, deviceId, 1, offset, maxBytes));

it('keeps the order, goes on when opened again, and reads as empty where there is none', async () => {
  expect(await read(0, 100)).toEqual({ text: '', offset: 0, nextOffset: 0, sizeBytes: 0 });
  await write(1000, ...Array.from({ length: 50 }, (_, index) => `${index},`));
  await write(1000, 'end');
  const expected = `${Array.from({ length: 50 }, (_, index) => `${index},`).join('')}end`;
  expect((await read(0, 1000)).text).toBe(expected);
  expect((await read(-3, 1000)).text).toBe('end');
  expect((await read(-5000, 1000)).text).toBe(expected);
  expect(await read(5000, 10)).toMatchObject({ text: '', offset: 143, nextOffset: 143 });
  const path = join(folder, 'runs', runId, 'logs', `${deviceId}.1.log`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('never cuts a character in two, wherever a part begins or ends', async () => {
  const text = 'aé配🚚布b'.repeat(5);
  await write(1000, text);
  for (let maxBytes = 4; maxBytes < 12; maxBytes++) {
    let joined = '';
    let part = await read(0, maxBytes);
    for (; part.nextOffset < part.sizeBytes; part = await read(part.nextOffset, maxBytes)) {
      expect(part.text).not.toContain('\ufffd');
      joined += part.text;
    }
    expect(joined + part.text).toBe(text);
  }
  for (let offset = 0; offset <= Buffer.byteLength(text); offset++) {
    const part = await read(-offset, 9);
    expect(part.text).not.toContain('\ufffd');
    expect(Buffer.from(text).toString('utf8', part.offset, part.nextOffset)).toBe(part.text);
  }
});

it('is cut once at its limit, on a character, and says so', async () => {
  await write(10, '12345678', '配布', 'more');
  await write(10, 'again');
  expect((await read(0, 1000)).text).toBe('12345678\n[haifu: log cut at 10 bytes]\n');
});

it('takes no path for an id', async () => {
  await expect(openAttemptLog(folder, runId, '../../x', 1)).rejects.toThrow('not an id');
  await expect(readAttemptLog(folder, runId, deviceId, 0.5, 0, 1)).rejects.toThrow('not an attempt');
});
