import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrawGate, type DrawGate } from '../../../src/console/terminal/drawGate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const question = '\u{1B}[5n';
const answer = '\u{1B}[0n';

/** A terminal that takes what it is sent when it is told to. */
function fakeTerminal() {
  const waiting: (() => void)[] = [];
  const output = {
    writableLength: 0,
    bytesWritten: 0,
    written: '',
    write(text: string, onTaken?: () => void) {
      output.written += text;
      output.bytesWritten += text.length;
      if (onTaken) waiting.push(onTaken);
      return true;
    },
    stall: () => {
      output.writableLength = 500;
    },
    take() {
      output.writableLength = 0;
      for (const tell of waiting.splice(0)) tell();
    },
  };
  return output;
}

/** A gate whose frames are as long as `frameBytes`; counts them. */
function drawing(frameBytes = 100) {
  const output = fakeTerminal();
  const gate: DrawGate = createDrawGate(output);
  const drawn = { frames: 0 };
  gate.subscribe(() => {
    drawn.frames += 1;
    output.bytesWritten += frameBytes;
    gate.frameDrawn();
  });
  return { output, gate, drawn, questions: () => output.written.split(question).length - 1 };
}

describe('the draw gate', () => {
  it('draws a background frame, asks, and draws the next after the answer', () => {
    const { gate, drawn, questions } = drawing();
    gate.changed(false);
    gate.changed(false);
    gate.changed(false);
    expect([drawn.frames, questions()]).toEqual([1, 1]);
    gate.received(answer);
    expect([drawn.frames, questions()]).toEqual([2, 2]);
    gate.received(answer);
    expect(drawn.frames).toBe(2);
  });

  it('knows an answer in pieces and among keys', () => {
    const { gate, drawn } = drawing();
    gate.changed(false);
    gate.changed(false);
    gate.received('j\u{1B}[');
    gate.received('0nk');
    expect(drawn.frames).toBe(2);
  });

  it('lets keys pass while an answer is awaited', () => {
    const { gate, drawn } = drawing();
    gate.changed(false);
    for (let i = 0; i < 5; i++) gate.changed(true);
    expect(drawn.frames).toBe(6);
  });

  it('lets no flood of keys run far ahead of the terminal', () => {
    const { gate, drawn, questions } = drawing(5000);
    for (let i = 0; i < 100; i++) gate.changed(true);
    expect(drawn.frames).toBeLessThan(6);
    const before = drawn.frames;
    gate.received(answer.repeat(questions()));
    expect(drawn.frames).toBe(before + 1);
  });

  it('draws nothing while the terminal takes nothing, and the newest once when it does', () => {
    const { output, gate, drawn } = drawing();
    output.stall();
    for (let i = 0; i < 100; i++) gate.changed(i % 2 === 0);
    expect(drawn.frames).toBe(0);
    output.take();
    expect(drawn.frames).toBe(1);
  });

  it('asks a terminal that never answers twice, and no more', () => {
    const { gate, drawn, questions } = drawing();
    for (let i = 0; i < 20; i++) {
      gate.changed(false);
      vi.advanceTimersByTime(500);
    }
    expect([drawn.frames, questions()]).toEqual([20, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on when one answer is lost, and asks again', () => {
    const { gate, drawn, questions } = drawing();
    gate.changed(false);
    gate.received(answer);
    gate.changed(false);
    gate.changed(false);
    vi.advanceTimersByTime(1900);
    expect(drawn.frames).toBe(2);
    vi.advanceTimersByTime(200);
    expect([drawn.frames, questions()]).toEqual([3, 3]);
  });

  it('waits at the end for the answer that is under way, but not for ever', async () => {
    const { gate } = drawing();
    await gate.settled(1000);
    gate.changed(false);
    let isSettled = false;
    const settled = gate.settled(1000).then(() => {
      isSettled = true;
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(isSettled).toBe(false);
    gate.received(answer);
    await settled;
    gate.changed(false);
    const late = gate.settled(300);
    await vi.advanceTimersByTimeAsync(300);
    await late;
  });

  it('has no timer while nothing is asked', () => {
    const { gate } = drawing();
    gate.changed(false);
    gate.received(answer);
    expect(vi.getTimerCount()).toBe(0);
  });
});
