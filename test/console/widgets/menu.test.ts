import { describe, expect, it } from 'vitest';
import { menuWidth } from '../../../src/console/widgets/Menu.tsx';

describe('the width of a menu', () => {
  const item = { id: 'edit', label: 'Edit', chord: 'e', whyDisabled: null };

  it('is enough for the reason why an item is off, in cells', () => {
    const whyDisabled = 'この操作の対象となる行がありません。';
    expect(menuWidth([item, { ...item, whyDisabled }])).toBe(18 * 2 + 4);
    expect(menuWidth([item])).toBeLessThan(18 * 2);
  });
});
