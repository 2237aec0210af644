import { expect, it } from 'vitest';
import { BucketMap } from '../../../src/server/store/bucketMap.ts';
import { randomFrom } from './fakeDisk.ts';
import { idOf } from './sampleStore.ts';

it('behaves as a Map that is copied for each change, and leaves earlier copies alone', () => {
  const random = randomFrom(3);
  const pick = () => idOf('dev', Math.floor(random() * 300));
  let map = BucketMap.of<{ id: string; round: number }>([]);
  let expected = new Map<string, { id: string; round: number }>();
  const past: [typeof map, typeof expected][] = [];
  for (let round = 0; round < 500; round++) {
    const put = Array.from({ length: Math.floor(random() * 4) }, () => ({ id: pick(), round }));
    const removed = Array.from({ length: Math.floor(random() * 3) }, pick);
    map = map.with(put, removed);
    expected = new Map(expected);
    for (const value of put) expected.set(value.id, value);
    for (const id of removed) expected.delete(id);
    past.push([map, expected]);
  }
  for (const [then, expectedThen] of past) {
    expect(then.size).toBe(expectedThen.size);
    expect(new Map(then)).toEqual(expectedThen);
    expect([...then.keys()].every((id) => then.has(id) && then.get(id) === expectedThen.get(id))).toBe(true);
    expect(new Set(then.values())).toEqual(new Set(expectedThen.values()));
  }
  expect([map.get('x'), map.has(''), map.get('dev-')]).toEqual([undefined, false, undefined]);
  const visited: string[] = [];
  map.forEach((value, id) => {
    visited.push(value.id === id ? id : 'wrong');
  });
  expect(visited).toEqual([...map.keys()]);
});
