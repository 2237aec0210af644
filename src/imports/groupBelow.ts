import { foldedName } from '../domain/foldedName.ts';

/**
 * Where an imported device goes when a group is named for the whole list, as with an inventory that is loaded into a
 * folder: the list's own groups stand below it, and what the list puts nowhere goes into it. A path that begins with
 * the group already stays as it is, so that a list with whole paths can be read again. Null: no group.
 */
export function groupBelow(parent: string | null, own: string | null): string | null {
  if (parent === null || own === null) return own ?? parent;
  const parents = parent.split('/').map(foldedName);
  const names = own.split('/').map(foldedName);
  return parents.every((name, index) => names[index] === name) ? own : `${parent}/${own}`;
}
