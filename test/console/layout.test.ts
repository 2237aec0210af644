import { describe, expect, it } from 'vitest';
import {
  calculateLayout,
  centred,
  minimumSize,
  runRowsInSight,
  tableRowsInSight,
} from '../../src/console/layout.ts';

describe('the layout', () => {
  it('covers every cell exactly once from the minimum to 300x100', () => {
    for (let width = minimumSize.width; width <= 300; width += 7) {
      for (let height = minimumSize.height; height <= 100; height += 3) {
        const layout = calculateLayout(width, height)!;
        const parts = [layout.title, layout.tree, layout.workspace, layout.detail, layout.hints];
        const area = parts.reduce((sum, part) => sum + part.width * part.height, 0);
        expect(area).toBe(width * height);
        for (const part of parts) {
          expect(part.x + part.width).toBeLessThanOrEqual(width);
          expect(part.y + part.height).toBeLessThanOrEqual(height);
        }
        expect(tableRowsInSight(layout)).toBeGreaterThanOrEqual(4);
        expect(runRowsInSight(layout)).toBeGreaterThanOrEqual(4);
      }
    }
  });

  it('says when the terminal is too small', () => {
    expect(calculateLayout(minimumSize.width - 1, 50)).toBeNull();
    expect(calculateLayout(200, minimumSize.height - 1)).toBeNull();
  });

  it('cuts a dialog to the screen', () => {
    expect(centred({ width: 60, height: 16 }, 100, 40)).toEqual({ x: 0, y: 0, width: 60, height: 16 });
    expect(centred({ width: 100, height: 30 }, 40, 10)).toEqual({ x: 30, y: 10, width: 40, height: 10 });
  });
});
