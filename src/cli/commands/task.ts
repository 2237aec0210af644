import type { RemoteInstallationTask } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { confirm } from '../ask.ts';
import { cancelRuns, killOption } from '../cancelRuns.ts';
import { findAll, findTask, groupPathOf, packageLabelOf } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import { taskFieldLines } from '../show/taskFieldLines.ts';
import { startTask } from '../startTask.ts';
import { printTable } from '../table.ts';
import { settingsChanges, taskOptions } from '../taskOptions.ts';
import { yesOption } from '../yesOption.ts';

const labelOf = ({ number, name }: RemoteInstallationTask): string => `${number} ${sanitiseLine(name)}`;

const list = defineCommand({
  name: 'list',
  summary: 'cli.task.list.summary',
  positionals: [],
  options: {},
  run: (context) =>
    onServer(context, async ({ snapshot }) => {
      const { t, output } = context;
      const { tasks, runs, groups } = snapshot.collections;
      output.json({ tasks });
      const lastRun = (task: RemoteInstallationTask) =>
        runs.filter(({ taskId }) => taskId === task.id).toSorted((a, b) => b.number - a.number)[0];
      const columns = [
        { title: '#', align: 'right' as const, text: ({ number }: RemoteInstallationTask) => String(number) },
        { title: t('cli.column.name'), text: ({ name }: RemoteInstallationTask) => name },
        {
          title: t('cli.column.package'),
          text: (task: RemoteInstallationTask) => packageLabelOf(snapshot, task),
        },
        {
          title: t('cli.column.targets'),
          text: ({ targets }: RemoteInstallationTask) =>
            targets.kind === 'group'
              ? groupPathOf(groups, targets.groupId)
              : String(targets.deviceIds.length),
        },
        {
          title: t('cli.column.lastRun'),
          text: (task: RemoteInstallationTask) => {
            const run = lastRun(task);
            return run === undefined ? '-' : `${run.number} ${t(`states.${run.state}`)}`;
          },
        },
      ];
      const sorted = tasks.toSorted((a, b) => a.number - b.number);
      printTable(context, columns, sorted, 'install PACKAGE --device DEVICE');
      return ok(exitStatuses.good);
    }),
});

const show = defineCommand({
  name: 'show',
  summary: 'cli.task.show.summary',
  positionals: [{ name: 'TASK' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async ({ snapshot }) => {
      const found = findTask(snapshot, words[0]!);
      if (!found.ok) return found;
      context.output.json({ task: found.value });
      for (const line of taskFieldLines(context.t, snapshot, found.value)) context.output.line(line);
      return ok(exitStatuses.good);
    }),
});

const run = defineCommand({
  name: 'run',
  summary: 'cli.task.run.summary',
  positionals: [{ name: 'TASK' }],
  options: { detach: { type: 'boolean', summary: 'cli.install.option.detach' } },
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findTask(server.snapshot, words[0]!);
      return found.ok ? startTask(context, server, found.value.id, values.detach) : found;
    }),
});

const set = defineCommand({
  name: 'set',
  summary: 'cli.task.set.summary',
  positionals: [{ name: 'TASK' }],
  options: { name: { type: 'string', value: 'T', summary: 'cli.install.option.name' }, ...taskOptions },
  examples: ['haifu task set 4 --attempts 5'],
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findTask(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const changes = settingsChanges(server.snapshot, values, found.value.settings);
      if (!changes.ok) return changes;
      if (Object.keys(changes.value).length === 0 && values.name === undefined) return missing('change');
      const answer = await server.call('updateTask', {
        id: found.value.id,
        settings: changes.value,
        ...(values.name === undefined ? {} : { name: values.name }),
      });
      if (!answer.ok) return answer;
      context.output.json({ task: answer.value.task });
      context.output.line(context.t('cli.changed', { name: labelOf(answer.value.task) }));
      return ok(exitStatuses.good);
    }),
});

const cancel = defineCommand({
  name: 'cancel',
  summary: 'cli.task.cancel.summary',
  positionals: [{ name: 'TASK' }],
  options: killOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findTask(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const running = server.snapshot.collections.runs.filter(
        ({ taskId, state }) => taskId === found.value.id && (state === 'running' || state === 'cancelling'),
      );
      return cancelRuns(context, server, running, null, values.kill);
    }),
});

const remove = defineCommand({
  name: 'remove',
  summary: 'cli.task.remove.summary',
  positionals: [{ name: 'TASK', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findAll(words, (word) => findTask(server.snapshot, word));
      if (!found.ok) return found;
      const names = found.value.map(labelOf).join(', ');
      const sure = await confirm(context, context.t('cli.ask.remove', { names }), values.yes);
      if (!sure.ok) return sure;
      for (const { id } of found.value) {
        const answer = await server.call('removeTask', { id });
        if (!answer.ok) return answer;
      }
      context.output.json({ removed: found.value.map(({ id }) => id) });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

export const taskCommands: readonly Command[] = [list, show, run, set, cancel, remove];
