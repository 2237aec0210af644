import { describe, expect, it } from 'vitest';
import { textWindow } from '../../../src/console/widgets/textWindow.ts';
import { wrapCells } from '../../../src/console/widgets/wrapCells.ts';
import { cellWidth } from '../../../src/shared/cellWidth.ts';

describe('wrapping', () => {
  it('breaks at blanks, and Japanese between characters but not before 。', () => {
    expect(wrapCells('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapCells('失敗しました。', 12)).toEqual(['失敗しまし', 'た。']);
  });

  it('leaves no opening bracket at the end of a line', () => {
    expect(wrapCells('信頼済みではありません（known_hosts も参照）。', 26)).toEqual([
      '信頼済みではありません',
      '（known_hosts も参照）。',
    ]);
  });

  it('loses nothing and fits, whatever the width', () => {
    const text = 'デバイス web-東京-01 の host key changed。次に haifu hostkey forget を実行してください。';
    for (let width = 4; width < 100; width++) {
      const lines = wrapCells(text, width);
      for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
});

describe('the window of a text field', () => {
  it('keeps the cursor in sight, counted in cells', () => {
    expect(textWindow('abc', 3, 10)).toEqual({ shown: 'abc', cell: 3 });
    expect(textWindow('東京大阪', 2, 10)).toEqual({ shown: '東京大阪', cell: 4 });
    expect(textWindow('0123456789', 10, 5)).toEqual({ shown: '6789', cell: 4 });
    expect(textWindow('東京大阪', 4, 5)).toEqual({ shown: '大阪', cell: 4 });
  });
});
