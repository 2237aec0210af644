import { describe, expect, it } from 'vitest';
import { RowMap } from '../../../src/console/state/rowMap.ts';

describe('a map of rows', () => {
  it('reads as a map in the order in which ids came', () => {
    const map = new RowMap<number>();
    map.set('b', 1);
    map.set('a', 2);
    map.set('b', 3);
    expect([...map]).toEqual([
      ['b', 3],
      ['a', 2],
    ]);
    expect([map.size, map.get('a'), map.get('x'), map.has('b'), map.has('x')]).toEqual([
      2,
      2,
      undefined,
      true,
      false,
    ]);
    expect([[...map.keys()], [...map.values()], [...map.rows]]).toEqual([
      ['b', 'a'],
      [3, 2],
      [3, 2],
    ]);
  });

  it('a changed copy leaves its origin and other copies as they were', () => {
    const origin = new RowMap<number>();
    origin.set('a', 1);
    const first = origin.copy();
    first.set('a', 2);
    first.set('new', 3);
    const second = origin.copy();
    second.set('other', 4);
    origin.set('late', 5);
    const third = first.copy();
    third.set('third', 6);
    expect([...origin]).toEqual([
      ['a', 1],
      ['late', 5],
    ]);
    expect([...first]).toEqual([
      ['a', 2],
      ['new', 3],
    ]);
    expect([...second]).toEqual([
      ['a', 1],
      ['other', 4],
    ]);
    expect([...third.keys()]).toEqual(['a', 'new', 'third']);
  });
});
