import { expect, it } from 'vitest';
import { groupBelow, groupCounts } from '../../src/imports/groupBelow.ts';

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

it('counts the devices of each group, but those that were refused or stay where they are', () => {
  const devices = ['web', 'db', null, 'web', 'web'].map((groupPath) => ({ groupPath }));
  expect(groupCounts(devices, [{ index: 3 }])).toEqual([
    { path: 'web', devices: 2 },
    { path: 'db', devices: 1 },
  ]);
});
