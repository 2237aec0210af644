import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RemoteProcess } from '../../src/delivery/remoteProcess.ts';
import { sendContent } from '../../src/delivery/sendContent.ts';
import { newTemporaryFolder } from './realSshd.ts';

it('goes on over a line of eight kilobytes a second', async () => {
  const sizeBytes = 3 * 1024 * 1024;
  const folder = await newTemporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  const contentPath = join(folder, 'content');
  await writeFile(contentPath, Buffer.alloc(sizeBytes));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const slow: RemoteProcess = {
    onOutput: () => {},
    write: (chunk) => new Promise((resolve) => setTimeout(() => resolve(true), chunk.length / 8)),
    endInput: () => {},
    ended: new Promise(() => {}),
    close: () => {},
  };
  const progress: number[] = [];
  let isOver = false;
  const sending = sendContent(
    slow,
    {
      content: { sha256: 'a'.repeat(64), sizeBytes },
      attemptId: 'b'.repeat(32),
      contentPath,
      offset: 0,
      bytesPerSecond: null,
      onProgress: (bytes) => void progress.push(bytes),
      signal: new AbortController().signal,
    },
    60_000,
  ).finally(() => {
    isOver = true;
  });
  // The file is read in real time.
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(await sending).toEqual({ ok: true, value: null });
  expect(progress.at(-1)).toBe(sizeBytes);
});
