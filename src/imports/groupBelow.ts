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

/** How many devices a list puts into each group. Those that were refused, or that it leaves where they are, count nowhere. */
export function groupCounts(
  devices: readonly { readonly groupPath: string | null }[],
  refused: readonly { readonly index: number }[],
): { readonly path: string; readonly devices: number }[] {
  const notSaved = new Set(refused.map(({ index }) => index));
  const counts = new Map<string, number>();
  for (const [index, { groupPath }] of devices.entries())
    if (groupPath !== null && !notSaved.has(index)) counts.set(groupPath, (counts.get(groupPath) ?? 0) + 1);
  return Array.from(counts, ([path, count]) => ({ path, devices: count }));
}
