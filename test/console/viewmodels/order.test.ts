import { describe, expect, it } from 'vitest';
import { orderRows } from '../../../src/console/viewmodels/orderRows.ts';
import { selectTable } from '../../../src/console/viewmodels/selectTable.ts';
import { naturalKey } from '../../../src/shared/nameOrder.ts';
import { device, loadedState, reduced, time } from '../consoleFixture.ts';

it('a natural key orders as people do', () => {
  const names = ['web10', 'web2', 'Web1', 'db', 'web2a', 'web02', 'データ10', 'データ9'];
  expect(names.toSorted((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : 1))).toEqual([
    'db',
    'Web1',
    'web2',
    'web02',
    'web2a',
    'web10',
    'データ9',
    'データ10',
  ]);
});

describe('rows in order', () => {
  type Row = { readonly id: number; readonly rank: number };
  const compare = (a: Row, b: Row) => a.rank - b.rank || a.id - b.id;
  const order = { compare, sorted: (rows: readonly Row[]) => rows.toSorted(compare) };

  it('are the same by a merge as by sorting anew, whatever changed', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    let rows: Row[] = Array.from({ length: 400 }, (_, id) => ({ id, rank: random(50) }));
    let before = orderRows(rows, order, null);
    for (let round = 0; round < 200; round++) {
      rows = rows.filter(() => random(100) > 0);
      rows = rows.map((row) => (random(30) === 0 ? { ...row, rank: random(50) } : row));
      for (let added = random(4); added > 0; added--)
        rows.push({ id: 1000 * round + added + 400, rank: random(50) });
      before = orderRows(rows, order, before);
      expect(before).toEqual(rows.toSorted(compare));
    }
  });

  it('stay the very same array while nothing changed', () => {
    const rows = [
      { id: 2, rank: 1 },
      { id: 1, rank: 1 },
    ];
    const before = orderRows(rows, order, null);
    expect(orderRows([...rows], order, before)).toBe(before);
  });
});

describe('the sort of a table', () => {
  const devices = [
    device('a', { name: 'web10', user: 'x' }),
    device('b', { name: 'web2' }),
    device('c', { name: 'db', user: 'a' }),
  ];
  const shown = (state: Parameters<typeof selectTable>[0]) => selectTable(state).rows.map(({ id }) => id);
  const state = reduced(loadedState({ devices }), { type: 'ui/node', node: 'unassigned' });

  it('is by name at first, turns round, and keeps what has no value at the end', () => {
    expect(shown(state)).toEqual(['c', 'b', 'a']);
    const sorted = (column: string, isDescending: boolean) =>
      shown(reduced(state, { type: 'ui/sort', kind: 'devices', sort: { column, isDescending } }));
    expect(sorted('name', true)).toEqual(['a', 'b', 'c']);
    expect(sorted('user', false)).toEqual(['c', 'a', 'b']);
    expect(sorted('user', true)).toEqual(['a', 'c', 'b']);
    expect(sorted('nosuch', false)).toEqual(['c', 'b', 'a']);
  });

  it('holds when a device changes', () => {
    const changed = reduced(state, {
      type: 'model/events',
      at: time,
      events: [
        {
          event: 'changed',
          seq: 2,
          changes: [
            {
              collection: 'devices',
              put: [device('c', { name: 'zz' }), device('n', { name: 'a' })],
              removed: ['b'],
            },
          ],
        },
      ],
    });
    expect(shown(changed)).toEqual(['n', 'a', 'c']);
  });
});
