import { expect, it } from 'vitest';
import { groupBelow } from '../../src/imports/groupBelow.ts';

it.each([
  [null, null, null],
  [null, 'web', 'web'],
  ['Tokyo', null, 'Tokyo'],
  ['Tokyo', 'web/front', 'Tokyo/web/front'],
  ['Tokyo', 'tokyo/Web', 'tokyo/Web'],
  ['Tokyo/Web', 'Tokyo/Web', 'Tokyo/Web'],
  ['Tokyo', 'Tokyo2/Web', 'Tokyo/Tokyo2/Web'],
])('a list read into %s puts its group %s at %s', (parent, own, expected) => {
  expect(groupBelow(parent, own)).toBe(expected);
});
