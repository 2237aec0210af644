import type { Outcome } from '../../../domain/failure.ts';
import {
  findChild,
  groupAndSubgroups,
  groupNameProblem,
  splitGroupPath,
  wouldMakeCycle,
} from '../../../domain/groupTree.ts';
import type { AdministrationGroup, Change, Model } from '../../../domain/model.ts';
import { ok } from '../../../shared/result.ts';
import { ensureGroups } from '../groupPaths.ts';
import type { Handlers } from '../handler.ts';
import { inUse, invalid, nameTaken, notFound, required } from '../refusals.ts';
import { groupsRestored } from '../restoring.ts';

export const groupHandlers: Handlers<
  'addGroup' | 'renameGroup' | 'moveGroup' | 'removeGroup' | 'restoreGroups'
> = {
  addGroup: ({ path }, { store, ids }) => {
    const split = splitGroupPath(path);
    if ('problem' in split) return invalid('path', split.problem);
    return store.commit((draft) => {
      const { id, added } = ensureGroups(draft.groups, split.names, ids);
      return ok({ changes: put(added), value: { id } });
    });
  },

  renameGroup: ({ id, name }, { store }) => {
    const problem = groupNameProblem(name);
    if (problem !== null) return invalid('name', problem);
    return store.commit((draft) => {
      const group = required(draft.groups, id, 'group');
      if (!group.ok) return group;
      return placed(draft, { ...group.value, name: name.trim() });
    });
  },

  moveGroup: ({ id, parentId }, { store }) =>
    store.commit((draft) => {
      const group = required(draft.groups, id, 'group');
      if (!group.ok) return group;
      if (parentId !== null && !draft.groups.has(parentId)) return notFound('group', parentId);
      if (wouldMakeCycle(draft.groups, id, parentId)) return invalid('parentId', 'outsideItself');
      return placed(draft, { ...group.value, parentId });
    }),

  removeGroup: ({ id }, { store }) =>
    store.commit((draft) => {
      const group = required(draft.groups, id, 'group');
      if (!group.ok) return group;
      const removed = groupAndSubgroups(draft.groups, id);
      for (const task of draft.tasks.values()) {
        if (task.targets.kind === 'group' && removed.has(task.targets.groupId))
          return inUse('group', group.value.name, task.name);
      }
      const devices = Array.from(draft.devices.values())
        .filter((device) => device.groupId !== null && removed.has(device.groupId))
        .map((device) => ({ ...device, groupId: null }));
      const changes: Change[] = [{ collection: 'groups', put: [], removed: [...removed] }];
      if (devices.length > 0) changes.push({ collection: 'devices', put: devices, removed: [] });
      return ok({ changes, value: {} });
    }),

  restoreGroups: (removed, { store }) => store.commit((draft) => groupsRestored(draft, removed)),
};

const put = (groups: readonly AdministrationGroup[]): Change[] =>
  groups.length > 0 ? [{ collection: 'groups', put: groups, removed: [] }] : [];

/** A group in its place, if no sibling there has its name. */
function placed(
  draft: Model,
  group: AdministrationGroup,
): Outcome<{ changes: Change[]; value: Record<string, never> }> {
  const sibling = findChild(draft.groups.values(), group.parentId, group.name);
  if (sibling && sibling.id !== group.id) return nameTaken('group', group.name);
  return ok({ changes: put([group]), value: {} });
}
