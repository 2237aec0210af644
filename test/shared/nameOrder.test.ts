import { expect, it } from 'vitest';
import { compareNames } from '../../src/shared/nameOrder.ts';

it('numbers in names count as numbers', () => {
  expect(['web10', 'web2', 'Web1', 'db'].sort(compareNames)).toEqual(['db', 'Web1', 'web2', 'web10']);
});
