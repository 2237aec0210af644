import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AttemptLogWriter } from '../../../src/server/engine/attemptLogWriter.ts';
import type { EngineParts } from '../../../src/server/engine/engineParts.ts';
import { readAttemptLog } from '../../../src/server/store/attemptLog.ts';

const place = { runId: `run-${'0'.repeat(20)}`, deviceId: `dev-${'0'.repeat(20)}`, attempt: 1 };
let dataFolder: string;
let heard: string[];

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'haifu-log-'));
  heard = [];
});
afterEach(() => rm(dataFolder, { recursive: true }));

/** A writer as a server has it that has just begun: what was written before stands on the disk only. */
const newWriter = (): AttemptLogWriter =>
  new AttemptLogWriter(
    {
      dataFolder,
      log: { error: (what: string) => heard.push(`error ${what}`) },
      events: { logged: (_run: string, _device: string, _attempt: number, text: string) => heard.push(text) },
    } as unknown as EngineParts,
    place,
  );
const written = async (): Promise<string> => {
  const part = await readAttemptLog(dataFolder, place.runId, place.deviceId, place.attempt, 0, 10_000);
  if (!part.ok) throw new Error(part.failure.code);
  return part.value.text;
};
async function write(writer: AttemptLogWriter, ...texts: string[]): Promise<void> {
  for (const text of texts) writer.append(text);
  await writer.close();
}

describe('the log of an attempt that is taken up again (B83)', () => {
  it('has every line once, after the server died', async () => {
    await write(newWriter(), 'line 1\n行 2\n', 'line');
    const next = newWriter();
    next.expectReplay();
    await write(next, 'line 1\n', '行 2\nline 3\n', 'line 4\n');
    expect(await written()).toBe('line 1\n行 2\nline 3\nline 4\n');
    expect(heard).toEqual(['line 1\n行 2\n', 'line', ' 3\n', 'line 4\n']);
  });

  it('has every line once, after only the worker died', async () => {
    const writer = newWriter();
    writer.append('line 1\n');
    writer.expectReplay();
    await write(writer, 'line 1\nline 2\n');
    expect(await written()).toBe('line 1\nline 2\n');
  });

  it('loses nothing of a log that is another one', async () => {
    await write(newWriter(), 'あい\n');
    const next = newWriter();
    next.expectReplay();
    await write(next, 'あう\n', 'え\n');
    expect(await written()).toBe('あい\nう\nえ\n');
  });
});
