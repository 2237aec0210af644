import type { Failure } from '../../domain/failure.ts';
import { childrenByParent } from '../../domain/groupTree.ts';
import type { Device, Model } from '../../domain/model.ts';
import { isFound } from '../../shared/searchForm.ts';
import { memoise } from '../state/memoise.ts';
import type { ListMark, ListRow } from './field.ts';
import { placeText } from './placeText.ts';

/** Rows of the tree that are no group: the managed devices' root and the unassigned devices. */
export const managedRoot = 'managed';
export const unassignedRoot = 'unassigned';

interface Node {
  readonly id: string;
  readonly name: string;
  readonly children: readonly Node[];
  readonly devices: readonly Device[];
  /** Of the node and everything below it. */
  readonly deviceIds: readonly string[];
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' });

/** The console tree's devices as nodes: built once for a state of the model. A group that is found keeps all of its devices. */
const treeOf = memoise(
  (devices: Model['devices'], groups: Model['groups'], filter: string): readonly Node[] => {
    const subgroups = childrenByParent(groups);
    const isFiltered = filter.trim() !== '';
    const byGroup = Map.groupBy(devices.values(), ({ groupId }) =>
      groupId !== null && groups.has(groupId) ? groupId : null,
    );
    const shown = (groupId: string | null, isAll: boolean): readonly Device[] =>
      (byGroup.get(groupId) ?? []).filter(({ name, address }) => isAll || isFound(filter, name, address));
    const node = (id: string, name: string, children: readonly Node[], own: readonly Device[]): Node => ({
      id,
      name,
      children,
      devices: own.toSorted(byName),
      deviceIds: [...children.flatMap((child) => child.deviceIds), ...own.map((device) => device.id)],
    });
    const groupNodes = (parentId: string | null, isAll: boolean): readonly Node[] =>
      (subgroups.get(parentId) ?? [])
        .toSorted(byName)
        .map((group) => {
          const isAllBelow = isAll || isFound(filter, group.name);
          return node(group.id, group.name, groupNodes(group.id, isAllBelow), shown(group.id, isAllBelow));
        })
        .filter(({ id, deviceIds }) => {
          if (!isFiltered || deviceIds.length > 0) return true;
          return isFound(filter, groups.get(id)!.name);
        });
    const roots = [
      node(managedRoot, '', groupNodes(null, !isFiltered), []),
      node(unassignedRoot, '', [], shown(null, !isFiltered)),
    ];
    return isFiltered ? roots.filter((root) => root.children.length + root.devices.length > 0) : roots;
  },
);

export interface TreeView {
  readonly filter: string;
  readonly expanded: ReadonlySet<string>;
  readonly marked: ReadonlySet<string>;
  /** Why a device will be refused or skipped, by its id, as far as it is known. */
  readonly troubles: ReadonlyMap<string, Failure>;
}

/** Why it will not work stands in the place of the address. */
export const troubleRow = (trouble: Failure | undefined): Pick<ListRow, 'reason' | 'role'> =>
  trouble === undefined ? {} : { reason: trouble, role: 'warning' };

const rootLabels: Readonly<Record<string, Pick<ListRow, 'label'>>> = {
  [managedRoot]: { label: { key: 'wizard.tree.managed' } },
  [unassignedRoot]: { label: { key: 'wizard.tree.unassigned' } },
};

const markOf = (deviceIds: readonly string[], marked: ReadonlySet<string>): ListMark => {
  const count = deviceIds.reduce((sum, id) => sum + (marked.has(id) ? 1 : 0), 0);
  if (count === 0) return 'off';
  return count === deviceIds.length ? 'on' : 'some';
};

const rowsOf = memoise(
  (
    devices: Model['devices'],
    groups: Model['groups'],
    filter: string,
    expanded: ReadonlySet<string>,
    marked: ReadonlySet<string>,
    troubles: ReadonlyMap<string, Failure>,
  ): readonly ListRow[] => {
    const isFiltered = filter.trim() !== '';
    const rows: ListRow[] = [];
    const add = (node: Node, depth: number): void => {
      const isOpen = isFiltered || expanded.has(node.id);
      const isEmpty = node.deviceIds.length === 0;
      rows.push({
        id: node.id,
        text: node.name,
        ...rootLabels[node.id],
        detail: String(node.deviceIds.length),
        depth,
        mark: isEmpty ? null : markOf(node.deviceIds, marked),
        isFound: isFiltered && rootLabels[node.id] === undefined && isFound(filter, node.name),
        expanded: node.children.length + node.devices.length === 0 ? null : isOpen,
      });
      if (!isOpen) return;
      for (const child of node.children) add(child, depth + 1);
      for (const device of node.devices) {
        rows.push({
          id: device.id,
          text: device.name,
          detail: placeText(device) === device.name ? '' : placeText(device),
          depth: depth + 1,
          mark: marked.has(device.id) ? 'on' : 'off',
          isFound: isFiltered && isFound(filter, device.name, device.address),
          ...troubleRow(troubles.get(device.id)),
        });
      }
    };
    for (const root of treeOf(devices, groups, filter)) add(root, 0);
    return rows;
  },
);

/** B10: the tree as rows; a group's mark says whether all, some or none of its devices are marked. */
export const deviceTreeRows = (
  model: Pick<Model, 'devices' | 'groups'>,
  { filter, expanded, marked, troubles }: TreeView,
): readonly ListRow[] => rowsOf(model.devices, model.groups, filter, expanded, marked, troubles);

const findNode = (nodes: readonly Node[], id: string): Node | null => {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children, id);
    if (found !== null) return found;
  }
  return null;
};

/** The devices that a row of the tree stands for: itself, or all that are shown below it. */
export function devicesBelow(
  model: Pick<Model, 'devices' | 'groups'>,
  filter: string,
  rowId: string,
): readonly string[] {
  if (model.devices.has(rowId)) return [rowId];
  return findNode(treeOf(model.devices, model.groups, filter), rowId)?.deviceIds ?? [];
}

/** All devices that pass the filter. */
export const devicesShown = (model: Pick<Model, 'devices' | 'groups'>, filter: string): readonly string[] =>
  treeOf(model.devices, model.groups, filter).flatMap((root) => root.deviceIds);

/** Marks all of them, or, when all are marked already, unmarks them. */
export function toggleMarks(marked: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const isAllMarked = ids.every((id) => marked.has(id));
  return isAllMarked ? marked.difference(new Set(ids)) : marked.union(new Set(ids));
}
