import { describe, expect, it } from 'vitest';
import { cellWidth, cutCells, expandTabs, fitCells } from '../../src/shared/cellWidth.ts';

describe('cell width', () => {
  it.each([
    ['abc', 3],
    ['東京', 4],
    ['か\u3099', 2],
    ['ﾊﾛｰ', 3],
    ['👨‍👩‍👧', 2],
    ['é', 1],
    ['', 0],
  ])('%s takes %i cells', (text, width) => expect(cellWidth(text)).toBe(width));

  it('pads by cells', () => {
    expect(fitCells('東京', 6)).toBe('東京  ');
    expect(fitCells('7', 3, { align: 'right' })).toBe('  7');
  });

  it('cuts by cells and never in the middle of a character', () => {
    expect(fitCells('東京都', 5)).toBe('東京…');
    expect(fitCells('東京都', 4)).toBe('東… ');
    expect(fitCells('東京都', 1)).toBe('…');
    expect(fitCells('東京都', 0)).toBe('');
    expect(fitCells('abcdef', 4, { ellipsis: '>' })).toBe('abc>');
    expect(cutCells('a東', 2)).toBe('a');
  });

  it('always gives exactly the width asked for', () => {
    for (const text of ['', 'a', 'server-01', '東京サーバー01', 'あa👍い', 'ｱｲｳ'])
      for (let width = 0; width < 20; width += 1) expect(cellWidth(fitCells(text, width))).toBe(width);
  });

  it('expands tabs', () => {
    expect(expandTabs('a\tb')).toBe('a       b');
    expect(expandTabs('東京東京\tb')).toBe('東京東京        b');
  });
});
