import type { ConsoleContext } from '../consoleContext.ts';
import { groupPath, withSubgroups } from '../state/tree.ts';
import { words } from '../state/words.ts';
import { answered, confirm, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';

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
      },
    ],
    values: { path: parent === '' ? '' : `${parent}/` },
    submitLabel: words('console.button.add'),
    submit: async (values) => {
      const path = textOrNull(values['path']);
      if (path === null) return { field: 'path', content: words('console.form.required') };
      const added = await context.send('addGroup', { path });
      if (!added.ok) return { field: 'path', content: added.failure };
      context.dispatch({ type: 'ui/expanded', node: 'managed', isExpanded: true });
      for (let at = parentId; at !== null; ) {
        context.dispatch({ type: 'ui/expanded', node: `group:${at}`, isExpanded: true });
        at = context.getState().model.collections.groups.get(at)?.parentId ?? null;
      }
      return null;
    },
  });
}

export function renameGroup(context: ConsoleContext, id: string) {
  const group = context.getState().model.collections.groups.get(id);
  if (group === undefined) return;
  openForm(context, {
    title: words('console.form.renameGroup'),
    fields: [{ id: 'name', kind: 'text', label: words('console.form.name') }],
    values: { name: group.name },
    submit: async (values) => {
      const name = textOrNull(values['name']);
      if (name === null) return { field: 'name', content: words('console.form.required') };
      const renamed = await context.send('renameGroup', { id, name });
      return renamed.ok ? null : { field: 'name', content: renamed.failure };
    },
  });
}

export function removeGroup(context: ConsoleContext, id: string) {
  const { groups, devices } = context.getState().model.collections;
  const below = withSubgroups(groups, id);
  const count = [...devices.values()].filter((one) => one.groupId !== null && below.has(one.groupId)).length;
  confirm(context, {
    title: words('console.confirm.removeGroup'),
    lines: [
      words('console.confirm.removeGroup.what', { name: groupPath(groups, id) }),
      words('console.confirm.removeGroup.devices', { count }),
    ],
    buttons: [
      {
        label: words('console.button.remove'),
        perform: async () => {
          const removed = await answered(context, context.send('removeGroup', { id }));
          if (removed) notify(context, words('console.notice.removed', { count: 1 }));
        },
      },
    ],
  });
}
