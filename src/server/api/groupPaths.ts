import { childrenByParent, findChild } from '../../domain/groupTree.ts';
import type { AdministrationGroup } from '../../domain/model.ts';
import type { IdSource } from '../../shared/idSource.ts';

/** Finds the groups of a path and makes those that are missing; `added` is for the same commit. */
export function ensureGroups(
  groups: ReadonlyMap<string, AdministrationGroup>,
  names: readonly string[],
  ids: IdSource,
): { readonly id: string; readonly added: AdministrationGroup[] } {
  const finder = groupFinder(groups, ids);
  return { id: finder.ensure(names), added: finder.added };
}

/** The same for many paths: the tree is read once. */
export function groupFinder(groups: ReadonlyMap<string, AdministrationGroup>, ids: IdSource) {
  const children = childrenByParent(groups);
  const added: AdministrationGroup[] = [];
  const byPath = new Map<string, string>();
  return {
    added,
    ensure(names: readonly string[]): string {
      const path = JSON.stringify(names);
      const known = byPath.get(path);
      if (known !== undefined) return known;
      let parentId: string | null = null;
      for (const name of names) {
        const siblings: AdministrationGroup[] = children.get(parentId) ?? [];
        let group = findChild(siblings, parentId, name);
        if (!group) {
          group = { id: ids.entityId('grp'), name, parentId };
          children.set(parentId, [...siblings, group]);
          added.push(group);
        }
        parentId = group.id;
      }
      byPath.set(path, parentId!);
      return parentId!;
    },
  };
}
