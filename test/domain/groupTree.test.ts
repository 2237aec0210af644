import { describe, expect, it } from 'vitest';
import {
  devicesOfGroup,
  findChild,
  groupAndSubgroups,
  groupNameProblem,
  groupPath,
  splitGroupPath,
  wouldMakeCycle,
} from '../../src/domain/groupTree.ts';
import type { AdministrationGroup, Device } from '../../src/domain/model.ts';

const group = (id: string, name: string, parentId: string | null): AdministrationGroup => ({
  id,
  name,
  parentId,
});
const groups = new Map(
  [
    group('t', 'Tokyo', null),
    group('w', 'Web', 't'),
    group('f', 'Front', 'w'),
    group('o', 'Osaka', null),
  ].map((g) => [g.id, g]),
);
const device = (id: string, groupId: string | null): Device => ({
  id,
  name: id,
  address: id,
  port: null,
  user: null,
  platform: 'linux',
  groupId,
  jumpHost: null,
  managedBy: null,
  lastAccountId: null,
  facts: null,
});

describe('group tree', () => {
  it('knows subgroups at every depth', () => {
    expect([...groupAndSubgroups(groups, 't')].toSorted()).toEqual(['f', 't', 'w']);
    expect([...groupAndSubgroups(groups, 'o')]).toEqual(['o']);
  });

  it('takes the devices of a group, subgroups included (B63)', () => {
    const devices = new Map(
      [device('a', 't'), device('b', 'f'), device('c', 'o'), device('d', null)].map((d) => [d.id, d]),
    );
    expect(devicesOfGroup({ groups, devices }, 't').map((d) => d.id)).toEqual(['a', 'b']);
  });

  it('writes and reads paths', () => {
    expect(groupPath(groups, 'f')).toBe('Tokyo/Web/Front');
    expect(splitGroupPath('Tokyo / Web')).toEqual({ names: ['Tokyo', 'Web'] });
    expect(splitGroupPath('東京/Web サーバー')).toEqual({ names: ['東京', 'Web サーバー'] });
    expect(splitGroupPath('..hidden/v1.')).toEqual({ names: ['..hidden', 'v1.'] });
  });

  it.each([
    ['', 'notEmpty'],
    ['Tokyo//Web', 'groupPath'],
    ['/etc/x', 'groupPath'],
    ['../../etc/x', 'noDots'],
    ['Tokyo/ . /Web', 'noDots'],
    ['a\tb', 'oneLine'],
    ['a\u202eb', 'oneLine'],
    ['x'.repeat(101), 'atMost100Characters'],
  ])('refuses the path %j: %s', (path, problem) => {
    expect(splitGroupPath(path)).toEqual({ problem });
  });

  it('refuses a slash in a name', () => {
    expect(groupNameProblem('a/b')).toBe('noSlash');
    expect(groupNameProblem('x'.repeat(100))).toBeNull();
  });

  it('finds siblings without regard to case', () => {
    expect(findChild(groups.values(), null, 'tOKYO')?.id).toBe('t');
    expect(findChild(groups.values(), 't', 'Tokyo')).toBeUndefined();
  });

  it('sees a move that would cut a group off', () => {
    expect(wouldMakeCycle(groups, 't', 'f')).toBe(true);
    expect(wouldMakeCycle(groups, 't', 't')).toBe(true);
    expect(wouldMakeCycle(groups, 'w', 'o')).toBe(false);
    expect(wouldMakeCycle(groups, 'w', null)).toBe(false);
  });

  it('ends on a damaged tree that has a circle', () => {
    const circle = new Map([group('a', 'A', 'b'), group('b', 'B', 'a')].map((g) => [g.id, g]));
    expect(groupAndSubgroups(circle, 'a').size).toBe(2);
    expect(groupPath(circle, 'a')).toBe('B/A');
  });
});
