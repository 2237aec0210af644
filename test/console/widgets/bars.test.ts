import { describe, expect, it } from 'vitest';
import { segmentBar } from '../../../src/console/widgets/segmentBar.ts';
import { sparkline } from '../../../src/console/widgets/sparkline.ts';

const bar = (counts: readonly number[], width: number) =>
  segmentBar(
    counts.map((count, i) => ({ count, sign: 'abcd'[i]!, role: 'text' as const })),
    width,
  )
    .map(({ text }) => text)
    .join('');

describe('a bar of segments', () => {
  it.each([
    [[1, 1], 10, 'aaaaabbbbb'],
    [[997, 1, 1, 1], 10, 'aaaaaaabcd'],
    [[2, 0, 1], 9, 'aaaaaaccc'],
    [[1, 1, 1], 2, 'ac'],
    [[0, 0], 3, '   '],
  ])('of %j in %i cells is %s', (counts, width, expected) => {
    expect(bar(counts, width)).toHaveLength(width);
    if (width > 2) expect(bar(counts, width)).toBe(expected);
  });
});

describe('a sparkline', () => {
  it('shows the newest values against the highest of all, and any value above none', () => {
    expect(sparkline([8, 0, 1, 4, 8], 4, ' 12345678')).toBe(' 148');
    expect(sparkline([1, 1000], 2, ' 12345678')).toBe('18');
  });
  it('shows only what there is', () => {
    expect(sparkline([5], 3, '.#')).toBe('#');
    expect(sparkline([], 3, '.#')).toBe('');
  });
});
