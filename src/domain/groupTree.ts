import { foldedName } from './foldedName.ts';
import type { AdministrationGroup, Model } from './model.ts';

type Groups = ReadonlyMap<string, AdministrationGroup>;

/** Children of every group (null: of the root), made once for questions about the whole tree. */
export function childrenByParent(groups: Groups): Map<string | null, AdministrationGroup[]> {
  const children = new Map<string | null, AdministrationGroup[]>();
  for (const group of groups.values()) {
    const siblings = children.get(group.parentId);
    if (siblings) siblings.push(group);
    else children.set(group.parentId, [group]);
  }
  return children;
}

/** The group and all its subgroups, by id (B63). */
export function groupAndSubgroups(groups: Groups, groupId: string): Set<string> {
  const children = childrenByParent(groups);
  const found = new Set<string>();
  const open = [groupId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const child of children.get(id) ?? []) open.push(child.id);
  }
  return found;
}

/** `Tokyo/Web`. */
export function groupPath(groups: Groups, groupId: string): string {
  const names: string[] = [];
  const seen = new Set<string>();
  let group = groups.get(groupId);
  while (group && !seen.has(group.id)) {
    seen.add(group.id);
    names.unshift(group.name);
    group = group.parentId === null ? undefined : groups.get(group.parentId);
  }
  return names.join('/');
}

/** Control characters, and those that break a line or turn its direction. */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * What is wrong with a new group's name, as a code for `input.invalid`'s `expected`; null: nothing. `.` and `..` mean
 * a place in every other path.
 */
export function groupNameProblem(name: string): string | null {
  const bare = name.trim();
  if (bare === '') return 'notEmpty';
  if (bare === '.' || bare === '..') return 'noDots';
  if (bare.length > 100) return 'atMost100Characters';
  if (unseen.test(name)) return 'oneLine';
  return bare.includes('/') ? 'noSlash' : null;
}

/** The words of a path `Tokyo/Web`, or the problem of the first bad one. */
export function splitGroupPath(path: string): { names: string[] } | { problem: string } {
  const names = path.split('/').map((name) => name.trim());
  if (names.length > 1 && names.includes('')) return { problem: 'groupPath' };
  for (const name of names) {
    const problem = groupNameProblem(name);
    if (problem !== null) return { problem };
  }
  return { names };
}

export const findChild = (
  groups: Iterable<AdministrationGroup>,
  parentId: string | null,
  name: string,
): AdministrationGroup | undefined => {
  const wanted = foldedName(name);
  for (const group of groups) {
    if (group.parentId === parentId && foldedName(group.name) === wanted) return group;
  }
  return undefined;
};

/** True when `parentId` is the group itself or below it: moving it there would cut it off from the root. */
export const wouldMakeCycle = (groups: Groups, groupId: string, parentId: string | null): boolean =>
  parentId !== null && groupAndSubgroups(groups, groupId).has(parentId);

/** Devices of a group, its subgroups included, in the model's order. */
export function devicesOfGroup(model: Pick<Model, 'groups' | 'devices'>, groupId: string) {
  const inside = groupAndSubgroups(model.groups, groupId);
  return Array.from(model.devices.values()).filter((d) => d.groupId !== null && inside.has(d.groupId));
}
