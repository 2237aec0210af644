import type { AdministrationGroup, Device, Model, Run } from '../../domain/model.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import { memoise } from './memoise.ts';

export type NodeKind =
  | 'server'
  | 'managed'
  | 'group'
  | 'unassigned'
  | 'tasks'
  | 'runs'
  | 'run'
  | 'remote'
  | 'packages'
  | 'licenses'
  | 'accounts'
  | 'hostKeys';

/** A row of the console tree as it is unfolded now. */
export interface TreeNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly depth: number;
  readonly parentId: string | null;
  /** Null: nothing below it. */
  readonly isExpanded: boolean | null;
  readonly groupId: string | null;
  /** Of a run that is under way. */
  readonly runId?: string;
  readonly count: number | null;
}

export const runNodeId = (runId: string): string => `run:${runId}`;

/** Runs that are under way, in their order. */
export const liveRuns = (runs: Model['runs']): readonly Run[] =>
  [...runs.values()].filter(({ finishedAt }) => finishedAt === null).sort((a, b) => a.number - b.number);

export const groupNodeId = (groupId: string): string => `group:${groupId}`;
export const groupIdOf = (nodeId: string): string | null =>
  nodeId.startsWith('group:') ? nodeId.slice('group:'.length) : null;

/** The child groups by parent (null: the top), in the order of their names. */
export const childGroups = memoise((groups: Model['groups']) => {
  const children = new Map<string | null, AdministrationGroup[]>();
  for (const group of groups.values()) {
    // A group whose parent is unknown is shown at the top rather than not at all.
    const parent = group.parentId !== null && groups.has(group.parentId) ? group.parentId : null;
    const list = children.get(parent);
    if (list) list.push(group);
    else children.set(parent, [group]);
  }
  for (const list of children.values()) list.sort((a, b) => compareNames(a.name, b.name));
  return children;
});

/** The group and everything below it. */
export function withSubgroups(groups: Model['groups'], groupId: string): ReadonlySet<string> {
  const children = childGroups(groups);
  const found = new Set<string>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    for (const child of children.get(id) ?? []) visit(child.id);
  };
  visit(groupId);
  return found;
}

/** `Tokyo/Web`; empty for null. */
export function groupPath(groups: Model['groups'], groupId: string | null): string {
  const names: string[] = [];
  let at = groupId === null ? undefined : groups.get(groupId);
  while (at !== undefined && names.length < 64) {
    names.unshift(at.name);
    at = at.parentId === null ? undefined : groups.get(at.parentId);
  }
  return names.join('/');
}

/** How many devices are in each group itself; under null the unassigned ones. */
const countByGroup = memoise((devices: ReadonlyMap<string, Device>) => {
  const counts = new Map<string | null, number>();
  for (const { groupId } of devices.values()) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
  return counts;
});

/** The tree's rows from top to bottom. Children of a folded node are left out. */
export const buildTree = memoise(
  (
    collections: Pick<
      Model,
      'groups' | 'devices' | 'tasks' | 'runs' | 'packages' | 'licenses' | 'accounts' | 'hostKeys'
    >,
    expanded: ReadonlySet<string>,
  ): readonly TreeNode[] => {
    const { groups, devices } = collections;
    const children = childGroups(groups);
    const counts = countByGroup(devices);
    const nodes: TreeNode[] = [];
    const leaf = (id: NodeKind, depth: number, parentId: string, count: number | null) =>
      nodes.push({ id, kind: id, depth, parentId, isExpanded: null, groupId: null, count });
    const inner = (id: NodeKind, depth: number, parentId: string | null, count: number | null): boolean => {
      const isExpanded = expanded.has(id);
      nodes.push({ id, kind: id, depth, parentId, isExpanded, groupId: null, count });
      return isExpanded;
    };
    const below = (groupId: string): number =>
      [...withSubgroups(groups, groupId)].reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
    const addGroups = (parent: string | null, parentNode: string, depth: number) => {
      for (const group of children.get(parent) ?? []) {
        const id = groupNodeId(group.id);
        const isExpanded = children.has(group.id) ? expanded.has(id) : null;
        nodes.push({
          id,
          kind: 'group',
          depth,
          parentId: parentNode,
          isExpanded,
          groupId: group.id,
          count: below(group.id),
        });
        if (isExpanded) addGroups(group.id, id, depth + 1);
      }
    };

    if (!inner('server', 0, null, null)) return nodes;
    const unassigned = counts.get(null) ?? 0;
    if (inner('managed', 1, 'server', devices.size - unassigned)) addGroups(null, 'managed', 2);
    leaf('unassigned', 1, 'server', unassigned);
    if (inner('tasks', 1, 'server', collections.tasks.size)) {
      leaf('runs', 2, 'tasks', collections.runs.size);
      for (const { id } of liveRuns(collections.runs))
        nodes.push({
          id: runNodeId(id),
          kind: 'run',
          depth: 3,
          parentId: 'runs',
          isExpanded: null,
          groupId: null,
          runId: id,
          count: null,
        });
    }
    if (inner('remote', 1, 'server', null)) leaf('packages', 2, 'remote', collections.packages.size);
    leaf('licenses', 1, 'server', collections.licenses.size);
    leaf('accounts', 1, 'server', collections.accounts.size);
    leaf('hostKeys', 1, 'server', collections.hostKeys.size);
    return nodes;
  },
);

/** The nodes that must be unfolded for this one to be in sight. */
export function ancestorNodes(groups: Model['groups'], node: string): readonly string[] {
  const groupId = groupIdOf(node);
  if (node.startsWith(runNodeId(''))) return ['server', 'tasks'];
  if (groupId === null) return ['server', ...(nodeParents[node] ?? [])];
  const above: string[] = [];
  for (let at = groups.get(groupId)?.parentId ?? null; at !== null && above.length < groups.size; ) {
    above.push(groupNodeId(at));
    at = groups.get(at)?.parentId ?? null;
  }
  return ['server', 'managed', ...above];
}
const nodeParents: Readonly<Record<string, readonly string[]>> = { runs: ['tasks'], packages: ['remote'] };

/** The selected node, or its nearest neighbour when it is folded away or was removed. */
export function findNode(nodes: readonly TreeNode[], id: string): number {
  const at = nodes.findIndex((node) => node.id === id);
  if (at >= 0) return at;
  return Math.max(
    0,
    nodes.findIndex((node) => node.id === neighbourOf(id)),
  );
}

/** Where a node is missed: a removed group among the groups, a run that has ended among all runs. */
const neighbourOf = (id: string): string =>
  groupIdOf(id) !== null ? 'managed' : id.startsWith(runNodeId('')) ? 'runs' : 'server';
