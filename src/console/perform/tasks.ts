import { isExhausted } from '../../domain/attempts.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import { newestRuns } from '../viewmodels/tables/tasks.ts';
import { openTaskWizard } from '../wizard/openWizard.ts';
import { answered, confirm, forEach, notify } from './ask.ts';
import { openForm } from './openForm.ts';
import { offerSpent } from './retryRun.ts';
import { runsUnderWay } from './runningNow.ts';
import { rememberTaskEdit } from './taskChanges.ts';
import { canBeUndone, remember } from './undo.ts';

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

export const editTask = (context: ConsoleContext, id: string): void => openTaskWizard(context, id, 'edit');
export const copyTask = (context: ConsoleContext, id: string): void => openTaskWizard(context, id, 'copy');

/** B30: the counter is kept; devices that had used up their attempts may be tried again. */
export function raiseAttempts(context: ConsoleContext, taskId: string) {
  const task = context.getState().model.collections.tasks.get(taskId);
  if (task === undefined) return;
  const spent = new Set(Object.keys(task.attempts).filter((deviceId) => isExhausted(task, deviceId)));
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
    info: [words('console.form.attemptsUsedUp', { count: spent.size, limit: task.settings.attemptsLimit })],
    submit: async (values) => {
      const limit = Number(values['limit']);
      if (!Number.isInteger(limit) || limit < 1 || limit > 99)
        return { field: 'limit', content: words('console.form.attemptsLimit.range') };
      const saved = await context.send('updateTask', { id: taskId, settings: { attemptsLimit: limit } });
      if (!saved.ok) return { field: 'limit', content: saved.failure };
      rememberTaskEdit(context, task, saved.value.task);
      notify(context, words('console.notice.attemptsRaised', { limit }));
      // What follows may ask on: the form closes first.
      context.dispatch({ type: 'ui/overlayClosed' });
      offerSpent(context, spent);
      return null;
    },
  });
}

/** Those whose run is under way stay: their runs would lose their settings. */
export function removeTasks(context: ConsoleContext, ids: readonly string[]) {
  const model = context.getState().model.collections;
  const tasks = ids.flatMap((id) => model.tasks.get(id) ?? []);
  const running = new Set(runsUnderWay(model, tasks).map(({ taskId }) => taskId));
  const free = tasks.filter(({ id }) => !running.has(id));
  const remove = async () => {
    const removed = await forEach(
      context,
      free.map(({ id }) => id),
      (id) => context.send('removeTask', { id }),
      (count) => words('console.notice.removed', { count }),
    );
    const gone = free.filter(({ id }) => removed.includes(id));
    if (gone.length === 0) return;
    remember(context, {
      what: words('changes.what.tasksRemoved', { count: gone.length, name: gone[0]!.name }),
      inverse: () => gone.map((task) => ({ command: 'restoreTask', params: { task } })),
    });
  };
  const blocked = tasks
    .filter(({ id }) => running.has(id))
    .map(({ name }) => words('changes.usedBy.running', { name }));
  confirm(context, {
    title: words('console.confirm.removeTasks'),
    lines: [
      ...blocked,
      ...(free.length === 0
        ? []
        : [
            free.length === 1
              ? words('console.confirm.removeTask.what', { name: free[0]!.name })
              : words('console.confirm.removeTasks.what', { count: free.length }),
            words('console.confirm.removeTasks.kept'),
            canBeUndone,
          ]),
    ],
    ...(free.length === 0 ? { decline: words('changes.button.close') } : {}),
    buttons:
      free.length === 0 ? [] : [{ label: words('console.button.remove'), perform: () => void remove() }],
  });
}
