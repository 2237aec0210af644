import type { AdministrationGroup, Device, Model } from '../../domain/model.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { type InverseCommand, unlessChanged } from '../state/pastChange.ts';
import { groupPath, withSubgroups } from '../state/tree.ts';
import { type Words, words } from '../state/words.ts';
import { answered, confirm, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';
import { pickGroup } from './pickGroup.ts';
import { canBeUndone, remember } from './undo.ts';
import { tasksOfGroup, usedByWords } from './usedBy.ts';

/** Adds a group below `parentId`; `Tokyo/Web` makes both. */
export function addGroup(context: ConsoleContext, parentId: string | null) {
  const parent = groupPath(context.getState().model.collections.groups, parentId);
  openForm(context, {
    title: words('console.form.addGroup'),
    fields: [
      {
        id: 'path',
        kind: 'text',
        label: words('console.form.group'),
        help: words('console.form.group.help'),
        isRequired: true,
      },
    ],
    values: { path: parent === '' ? '' : `${parent}/` },
    submitLabel: words('console.button.add'),
    submit: async (values) => {
      const path = textOrNull(values['path']) ?? '';
      const before = new Set(context.getState().model.collections.groups.keys());
      const added = await context.send('addGroup', { path });
      if (!added.ok) return { field: 'path', content: added.failure };
      rememberAdded(context, added.value.id, before);
      context.dispatch({ type: 'ui/expanded', node: 'managed', isExpanded: true });
      for (let at = parentId; at !== null; ) {
        context.dispatch({ type: 'ui/expanded', node: `group:${at}`, isExpanded: true });
        at = context.getState().model.collections.groups.get(at)?.parentId ?? null;
      }
      return null;
    },
  });
}

/** Only what was made is removed again, and only while nothing has been put into it. */
function rememberAdded(context: ConsoleContext, id: string, before: ReadonlySet<string>) {
  const { groups } = context.getState().model.collections;
  const made: AdministrationGroup[] = [];
  for (let at = groups.get(id); at !== undefined && !before.has(at.id); ) {
    made.push(at);
    at = groups.get(at.parentId ?? '');
  }
  const top = made.at(-1);
  if (top === undefined) return;
  remember(context, {
    what: words('changes.what.groupAdded', { name: groupPath(groups, id) }),
    inverse(model) {
      const inside = withSubgroups(model.groups, top.id);
      const isEmpty =
        inside.size === made.length &&
        ![...model.devices.values()].some(({ groupId }) => groupId !== null && inside.has(groupId));
      if (model.groups.has(top.id) && !isEmpty) return words('changes.why.notEmpty');
      return unlessChanged(model.groups.get(top.id), {}, [
        { command: 'removeGroup', params: { id: top.id } },
      ]);
    },
  });
}

export function renameGroup(context: ConsoleContext, id: string) {
  const group = context.getState().model.collections.groups.get(id);
  if (group === undefined) return;
  openForm(context, {
    title: words('console.form.renameGroup'),
    fields: [{ id: 'name', kind: 'text', label: words('console.form.name'), isRequired: true }],
    values: { name: group.name },
    submit: async (values) => {
      const name = textOrNull(values['name']) ?? '';
      const renamed = await context.send('renameGroup', { id, name });
      if (!renamed.ok) return { field: 'name', content: renamed.failure };
      remember(context, {
        what: words('changes.what.groupRenamed', { name: group.name, now: name }),
        inverse: ({ groups }) =>
          unlessChanged(groups.get(id), { name }, [
            { command: 'renameGroup', params: { id, name: group.name } },
          ]),
      });
      return null;
    },
  });
}

/** With its subgroups and devices, below another group. */
export function moveGroup(context: ConsoleContext, id: string) {
  const { groups } = context.getState().model.collections;
  const group = groups.get(id);
  if (group === undefined) return;
  pickGroup(context, {
    title: words('changes.choice.moveGroup', { name: groupPath(groups, id) }),
    none: words('console.node.managed'),
    without: withSubgroups(groups, id),
    isNewOffered: false,
    async onPicked(to) {
      if (!('groupId' in to)) return;
      const parentId = to.groupId;
      const moved = await answered(context, context.send('moveGroup', { id, parentId }));
      if (moved === null) return;
      remember(context, {
        what: words('changes.what.groupMoved', { name: group.name }),
        inverse: (model) =>
          unlessChanged(model.groups.get(id), { parentId }, [
            { command: 'moveGroup', params: { id, parentId: group.parentId } },
          ]),
      });
      const now = groupPath(context.getState().model.collections.groups, id);
      notify(context, words('changes.groupMoved', { name: now }));
    },
  });
}

/** The groups as they were, and in each the devices that were in it itself. */
function restoring(
  groups: readonly AdministrationGroup[],
  devices: readonly Device[],
): readonly InverseCommand[] {
  const members = groups.map(({ id }) => ({
    groupId: id,
    deviceIds: devices.filter(({ groupId }) => groupId === id).map((device) => device.id),
  }));
  return [{ command: 'restoreGroups', params: { groups: [...groups], members } }];
}

async function remove(context: ConsoleContext, id: string) {
  const model = context.getState().model.collections;
  const below = withSubgroups(model.groups, id);
  const groups = [...below].flatMap((one) => model.groups.get(one) ?? []);
  const devices = devicesIn(model, below);
  const name = groupPath(model.groups, id);
  const removed = await answered(context, context.send('removeGroup', { id }));
  if (removed === null) return;
  remember(context, {
    what: words('changes.what.groupRemoved', { name }),
    inverse: () => restoring(groups, devices),
  });
  notify(context, words('changes.groupRemoved', { name }));
}

const devicesIn = ({ devices }: Model, groups: ReadonlySet<string>): readonly Device[] =>
  [...devices.values()].filter(({ groupId }) => groupId !== null && groups.has(groupId));

export function removeGroup(context: ConsoleContext, id: string) {
  const model = context.getState().model.collections;
  const below = withSubgroups(model.groups, id);
  const name = groupPath(model.groups, id);
  const users: Words[] = [...below].flatMap((one) => {
    const tasks = tasksOfGroup(model, one);
    return tasks.length === 0 ? [] : [usedByWords(groupPath(model.groups, one), tasks)];
  });
  if (users.length > 0)
    return confirm(context, {
      title: words('console.confirm.removeGroup'),
      lines: [...users, words('changes.usedBy.stays')],
      buttons: [],
      decline: words('changes.button.close'),
    });
  const subgroups = below.size - 1;
  confirm(context, {
    title: words('console.confirm.removeGroup'),
    lines: [
      words('console.confirm.removeGroup.what', { name }),
      ...(subgroups > 0 ? [words('changes.confirm.subgroups', { count: subgroups })] : []),
      words('changes.confirm.groupDevices', { count: devicesIn(model, below).length }),
      canBeUndone,
    ],
    buttons: [{ label: words('console.button.remove'), perform: () => void remove(context, id) }],
  });
}
