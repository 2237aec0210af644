import { childrenByParent } from '../../domain/groupTree.ts';
import type { Device, Model } from '../../domain/model.ts';
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

/** The console tree's devices as nodes: built once for a state of the model. */
const treeOf = memoise(
  (devices: Model['devices'], groups: Model['groups'], filter: string): readonly Node[] => {
    const subgroups = childrenByParent(groups);
    const wanted = filter.normalize('NFKC').trim().toLowerCase();
    const byGroup = new Map<string | null, Device[]>();
    for (const device of devices.values()) {
      if (wanted !== '' && !`${device.name}\n${device.address}`.toLowerCase().includes(wanted)) continue;
      const groupId = device.groupId !== null && groups.has(device.groupId) ? device.groupId : null;
      const siblings = byGroup.get(groupId);
      if (siblings === undefined) byGroup.set(groupId, [device]);
      else siblings.push(device);
    }
    const node = (id: string, name: string, children: readonly Node[], own: readonly Device[]): Node => ({
      id,
      name,
      children,
      devices: own.toSorted(byName),
      deviceIds: [...children.flatMap((child) => child.deviceIds), ...own.map((device) => device.id)],
    });
    const groupNodes = (parentId: string | null): readonly Node[] =>
      (subgroups.get(parentId) ?? [])
        .toSorted(byName)
        .map((group) => node(group.id, group.name, groupNodes(group.id), byGroup.get(group.id) ?? []))
        .filter((one) => wanted === '' || one.deviceIds.length > 0);
    return [
      node(managedRoot, '', groupNodes(null), []),
      node(unassignedRoot, '', [], byGroup.get(null) ?? []),
    ];
  },
);

export interface TreeView {
  readonly filter: string;
  readonly expanded: ReadonlySet<string>;
  readonly marked: ReadonlySet<string>;
}

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
  { filter, expanded, marked }: TreeView,
): readonly ListRow[] => rowsOf(model.devices, model.groups, filter, expanded, marked);

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
