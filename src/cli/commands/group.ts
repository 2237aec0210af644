import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { confirm } from '../ask.ts';
import { findGroup, groupPathOf, groupWithBelow } from '../lookup.ts';
import { onServer } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import { printTable } from '../table.ts';
import { yesOption } from '../yesOption.ts';

const add = defineCommand({
  name: 'add',
  summary: 'cli.group.add.summary',
  positionals: [{ name: 'PATH' }],
  options: {},
  examples: ['haifu group add Tokyo/Web'],
  run: (context, { words }) =>
    onServer(context, async (server) => {
      const answer = await server.call('addGroup', { path: words[0]! });
      if (!answer.ok) return answer;
      context.output.json({ group: { id: answer.value.id, path: words[0] } });
      context.output.line(context.t('cli.added', { name: sanitiseLine(words[0]!) }));
      return ok(exitStatuses.good);
    }),
});

const list = defineCommand({
  name: 'list',
  summary: 'cli.group.list.summary',
  positionals: [],
  options: {},
  run: (context) =>
    onServer(context, async ({ snapshot }) => {
      const { groups, devices } = snapshot.collections;
      const rows = groups
        .map(({ id }) => {
          const within = groupWithBelow(groups, id);
          const count = devices.filter(({ groupId }) => groupId !== null && within.has(groupId)).length;
          return { id, path: groupPathOf(groups, id), devices: count };
        })
        .toSorted((a, b) => a.path.localeCompare(b.path));
      context.output.json({ groups: rows });
      const columns = [
        { title: context.t('cli.column.group'), text: ({ path }: (typeof rows)[number]) => path },
        {
          title: context.t('cli.column.devices'),
          align: 'right' as const,
          text: (row: (typeof rows)[number]) => String(row.devices),
        },
      ];
      printTable(context, columns, rows, 'group add PATH');
      return ok(exitStatuses.good);
    }),
});

const rename = defineCommand({
  name: 'rename',
  summary: 'cli.group.rename.summary',
  positionals: [{ name: 'PATH' }, { name: 'NAME' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async (server) => {
      const group = findGroup(server.snapshot, words[0]!);
      if (!group.ok) return group;
      const answer = await server.call('renameGroup', { id: group.value.id, name: words[1]! });
      if (!answer.ok) return answer;
      context.output.json({ group: { id: group.value.id, name: words[1] } });
      context.output.line(context.t('cli.changed', { name: sanitiseLine(words[1]!) }));
      return ok(exitStatuses.good);
    }),
});

const remove = defineCommand({
  name: 'remove',
  summary: 'cli.group.remove.summary',
  positionals: [{ name: 'PATH' }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const group = findGroup(server.snapshot, words[0]!);
      if (!group.ok) return group;
      const names = sanitiseLine(groupPathOf(server.snapshot.collections.groups, group.value.id));
      const sure = await confirm(context, context.t('cli.ask.removeGroup', { names }), values.yes);
      if (!sure.ok) return sure;
      const answer = await server.call('removeGroup', { id: group.value.id });
      if (!answer.ok) return answer;
      context.output.json({ removed: [group.value.id] });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

export const groupCommands: readonly Command[] = [add, list, rename, remove];
