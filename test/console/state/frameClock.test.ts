import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFrameClock } from '../../../src/console/state/frameClock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the frame clock', () => {
  it('hands over a burst together, at most once a frame, and loses nothing', () => {
    const frames: number[][] = [];
    const clock = createFrameClock<number>((items) => frames.push([...items]), 100);
    for (let i = 0; i < 1000; i++) {
      clock.push(i);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(200);
    expect(frames.flat()).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(frames.length).toBeLessThanOrEqual(12);
  });

  it('has no timer while nothing waits', () => {
    const clock = createFrameClock<number>(() => {}, 100);
    expect(vi.getTimerCount()).toBe(0);
    clock.push(1);
    vi.advanceTimersByTime(300);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hands over at once when an answer must not overtake it', () => {
    const frames: number[][] = [];
    const clock = createFrameClock<number>((items) => frames.push([...items]), 100);
    clock.push(1);
    clock.flush();
    expect(frames).toEqual([[1]]);
    vi.advanceTimersByTime(300);
    expect(frames).toEqual([[1]]);
  });

  it('forgets what is older than a snapshot', () => {
    const frames: number[][] = [];
    const clock = createFrameClock<number>((items) => frames.push([...items]), 100);
    clock.push(1);
    clock.stop();
    vi.advanceTimersByTime(300);
    expect(frames).toEqual([]);
  });
});
