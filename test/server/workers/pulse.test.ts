import { expect, it, onTestFinished, vi } from 'vitest';
import { watchPulse } from '../../../src/server/workers/pulse.ts';

it('takes for dead who leaves four questions in a row without an answer, and nobody else', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let asked = 0;
  let died = 0;
  const pulse = watchPulse(
    () => asked++,
    () => died++,
    1000,
  );
  pulse.begin();
  for (let round = 0; round < 100; round++) {
    vi.advanceTimersByTime(4000);
    pulse.heard();
  }
  expect([asked, died]).toEqual([400, 0]);
  vi.advanceTimersByTime(4999);
  expect([asked, died]).toEqual([404, 0]);
  vi.advanceTimersByTime(100_000);
  expect([asked, died]).toEqual([404, 1]);
});
