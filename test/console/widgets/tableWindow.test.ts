import { describe, expect, it } from 'vitest';
import { moveCursor, scrollThumb, tableWindow } from '../../../src/console/widgets/tableWindow.ts';

describe('the window of a virtual table', () => {
  it('shows a short list from its beginning, wherever it stood', () => {
    expect(tableWindow(5, 10, 4, 3)).toBe(0);
  });

  it('moves as little as needed to hold the cursor', () => {
    expect(tableWindow(100, 10, 5, 0)).toBe(0);
    expect(tableWindow(100, 10, 10, 0)).toBe(1);
    expect(tableWindow(100, 10, 4, 5)).toBe(4);
    expect(tableWindow(100, 10, 99, 0)).toBe(90);
  });

  it('never shows blanks after the end when the list became shorter', () => {
    expect(tableWindow(12, 10, 11, 50)).toBe(2);
  });

  it('holds the cursor in sight for every size', () => {
    for (let total = 1; total < 30; total++)
      for (let height = 1; height < 12; height++)
        for (let cursor = 0; cursor < total; cursor++)
          for (const top of [0, 3, 17, 40]) {
            const first = tableWindow(total, height, cursor, top);
            const isRight =
              cursor >= first && cursor < first + height && first <= Math.max(0, total - height);
            if (!isRight)
              expect.fail(`${total} rows, ${height} high, cursor ${cursor}, top ${top}: ${first}`);
          }
  });
});

describe('the cursor of a list', () => {
  it('stays inside', () => {
    expect(moveCursor(3, 2, 5)).toBe(2);
    expect(moveCursor(3, 0, -1)).toBe(0);
    expect(moveCursor(0, 0, 1)).toBe(-1);
  });
});

describe('the scroll bar', () => {
  it('is not drawn when everything is in sight', () => {
    expect(scrollThumb(10, 10, 0)).toBeNull();
  });

  it('touches both ends exactly at the ends of the list', () => {
    expect(scrollThumb(1000, 20, 0)).toEqual({ from: 0, length: 1 });
    expect(scrollThumb(1000, 20, 980)).toEqual({ from: 19, length: 1 });
  });
});
