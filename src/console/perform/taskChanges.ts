import type { RemoteInstallationTask, TaskSettings } from '../../domain/model.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { fieldsOf, unlessChanged } from '../state/pastChange.ts';
import { words } from '../state/words.ts';
import { remember } from './undo.ts';

type Setting = keyof TaskSettings;

/** The settings of `after` that are others than those of `before`. */
export const changedSettings = (before: TaskSettings, after: TaskSettings): readonly Setting[] =>
  (Object.keys(after) as Setting[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

/** Takes back exactly what was changed: name, targets and settings, never the counters (B30). */
export function rememberTaskEdit(
  context: ConsoleContext,
  before: RemoteInstallationTask,
  after: RemoteInstallationTask,
) {
  const { id } = before;
  const settings = changedSettings(before.settings, after.settings);
  const hasOtherTargets = JSON.stringify(before.targets) !== JSON.stringify(after.targets);
  if (settings.length === 0 && !hasOtherTargets && before.name === after.name) return;
  const changed = (task: RemoteInstallationTask) => ({
    ...(before.name === after.name ? {} : { name: task.name }),
    ...(hasOtherTargets ? { targets: task.targets } : {}),
    settings: fieldsOf(task.settings, settings),
  });
  remember(context, {
    what: words('changes.what.taskEdited', { name: before.name }),
    inverse({ tasks }) {
      const now = tasks.get(id);
      return unlessChanged(now && changed(now), changed(after), [
        { command: 'updateTask', params: { id, ...changed(before) } },
      ]);
    },
  });
}
