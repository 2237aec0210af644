import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import { confirm, forEach } from './ask.ts';
import { cannotBeUndone, rememberFinal } from './undo.ts';

export function removeRuns(context: ConsoleContext, ids: readonly string[]) {
  const why = words('changes.why.runsDeleted');
  const remove = async () => {
    const removed = await forEach(
      context,
      ids,
      (id) => context.send('removeRun', { runId: id }),
      (count) => words('console.notice.removed', { count }),
    );
    if (removed.length > 0)
      rememberFinal(context, words('changes.what.runsRemoved', { count: removed.length }), why);
  };
  confirm(context, {
    title: words('console.confirm.removeRuns'),
    lines: [words('console.confirm.removeRuns.what', { count: ids.length }), cannotBeUndone(why)],
    buttons: [{ label: words('console.button.remove'), perform: () => void remove() }],
  });
}
