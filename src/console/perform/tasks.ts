import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import { newestRuns } from '../viewmodels/tables/tasks.ts';
import { answered, confirm, forEach, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';

/** B58: by hand, any number of times. */
export function runTask(context: ConsoleContext, id: string) {
  const { tasks } = context.getState().model.collections;
  const task = tasks.get(id);
  if (task === undefined) return;
  confirm(context, {
    title: words('console.confirm.runTask'),
    lines: [
      words('console.confirm.runTask.what', { name: task.name }),
      task.targets.kind === 'group'
        ? words('console.confirm.runTask.group')
        : words('console.confirm.runTask.devices', { count: task.targets.deviceIds.length }),
    ],
    buttons: [
      {
        label: words('console.button.run'),
        perform: async () => {
          const started = await answered(
            context,
            context.send('startRemoteInstallationTask', { taskId: id }),
          );
          if (started) context.openRun(started.run.id);
        },
      },
    ],
  });
}

export function showNewestRun(context: ConsoleContext, taskId: string) {
  const run = newestRuns(context.getState().model.collections.runs).get(taskId);
  if (run === undefined) return notify(context, words('console.task.neverRun'), 'status.warning');
  context.openRun(run.id);
}

export function renameTask(context: ConsoleContext, id: string) {
  const task = context.getState().model.collections.tasks.get(id);
  if (task === undefined) return;
  openForm(context, {
    title: words('console.form.renameTask'),
    fields: [
      {
        id: 'name',
        kind: 'text',
        label: words('console.form.name'),
        help: words('console.form.taskName.help'),
      },
    ],
    values: { name: task.name },
    submit: async (values) => {
      const name = textOrNull(values['name']);
      if (name === null) return { field: 'name', content: words('console.form.required') };
      const saved = await context.send('updateTask', { id, name });
      return saved.ok ? null : { field: 'name', content: saved.failure };
    },
  });
}

/** B30: the counter is kept; devices that had used up their attempts may be tried again. */
export function raiseAttempts(context: ConsoleContext, taskId: string) {
  const task = context.getState().model.collections.tasks.get(taskId);
  if (task === undefined) return;
  const exhausted = Object.values(task.attempts).filter(
    ({ count }) => count >= task.settings.attemptsLimit,
  ).length;
  openForm(context, {
    title: words('console.form.raiseAttempts'),
    fields: [
      {
        id: 'limit',
        kind: 'text',
        label: words('console.form.attemptsLimit'),
        help: words('console.form.attemptsLimit.help'),
      },
    ],
    values: { limit: String(Math.min(99, task.settings.attemptsLimit + 1)) },
    info: [words('console.form.attemptsUsedUp', { count: exhausted, limit: task.settings.attemptsLimit })],
    submit: async (values) => {
      const limit = Number(values['limit']);
      if (!Number.isInteger(limit) || limit < 1 || limit > 99)
        return { field: 'limit', content: words('console.form.attemptsLimit.range') };
      const saved = await context.send('updateTask', { id: taskId, settings: { attemptsLimit: limit } });
      if (!saved.ok) return { field: 'limit', content: saved.failure };
      notify(context, words('console.notice.attemptsRaised', { limit }));
      return null;
    },
  });
}

export function removeTasks(context: ConsoleContext, ids: readonly string[]) {
  const first = context.getState().model.collections.tasks.get(ids[0]!);
  confirm(context, {
    title: words('console.confirm.removeTasks'),
    lines: [
      ids.length === 1
        ? words('console.confirm.removeTask.what', { name: first?.name ?? '' })
        : words('console.confirm.removeTasks.what', { count: ids.length }),
      words('console.confirm.removeTasks.kept'),
    ],
    buttons: [
      {
        label: words('console.button.remove'),
        perform: () =>
          void forEach(
            context,
            ids,
            (id) => context.send('removeTask', { id }),
            (count) => words('console.notice.removed', { count }),
          ),
      },
    ],
  });
}
