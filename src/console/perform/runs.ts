import { isFinal } from '../../domain/attempt.ts';
import type { Run } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import { selectRunDevices } from '../viewmodels/selectRun.ts';
import { answered, confirm, forEach, notify } from './ask.ts';
import { cannotBeUndone, rememberFinal } from './undo.ts';

type RetrySet = CommandParams<'retryRun'>['sets'][number];
const retrySets: readonly RetrySet[] = ['failed', 'unreachable', 'notStarted', 'cancelled', 'restartPending'];

/** Marked devices of the run screen that are in sight of its filter and fulfil `test`. */
const markedDevices = (
  context: ConsoleContext,
  runId: string,
  test: (deviceId: string) => boolean,
): string[] => {
  const state = context.getState();
  if (state.ui.screen !== 'run' || state.run?.runId !== runId) return [];
  const list = selectRunDevices(state);
  const { marks } = list.table;
  return list.rows.flatMap(({ id }) => (marks.has(id) && test(id) ? [id] : []));
};

/** The device under the cursor or whose log is open. */
function cursorDevice(context: ConsoleContext): string | null {
  const state = context.getState();
  if (state.ui.screen !== 'run' || state.run === null) return null;
  if (state.run.view === 'device') return state.run.log?.deviceId ?? null;
  const list = selectRunDevices(state);
  return state.run.view === 'devices' ? (list.rows[list.cursor]?.id ?? null) : null;
}

/** B87: this device, the marked ones or the whole run; a running installer is left to finish, or ended. */
export function cancelRun(context: ConsoleContext, run: Run) {
  const isRunning = (id: string) => {
    const device = context.getState().run?.devices.get(id);
    return device !== undefined && !isFinal(device.state);
  };
  const marked = markedDevices(context, run.id, isRunning);
  const here = cursorDevice(context);
  const one = here !== null && isRunning(here) ? here : null;
  const cancel = (deviceIds: readonly string[] | null, installers: 'leave' | 'kill') => async () => {
    const done = await answered(
      context,
      context.send('cancelRun', {
        runId: run.id,
        deviceIds: deviceIds === null ? null : [...deviceIds],
        installers,
      }),
    );
    if (done) notify(context, words('console.notice.cancelling'));
  };
  confirm(context, {
    title: words('console.confirm.cancelRun'),
    lines: [
      words('console.confirm.cancelRun.what', { name: run.taskName }),
      words('console.confirm.cancelRun.leave'),
      words('console.confirm.cancelRun.kill'),
    ],
    // "Cancel" would be read as the deed itself here.
    decline: words('console.button.goOn'),
    buttons: [
      ...(one === null
        ? []
        : [
            {
              label: words('console.button.cancelOne', {
                name: context.getState().run!.devices.get(one)!.name,
              }),
              perform: cancel([one], 'leave'),
            },
          ]),
      ...(marked.length === 0
        ? []
        : [
            {
              label: words('console.button.cancelMarked', { count: marked.length }),
              perform: cancel(marked, 'leave'),
            },
          ]),
      { label: words('console.button.cancelAll'), perform: cancel(null, 'leave') },
      {
        label: words('console.button.cancelKill'),
        perform: cancel(marked.length > 0 ? marked : null, 'kill'),
      },
    ],
  });
}

/** B88: exactly one of the sets, or exactly the marked devices. */
export function retryRun(context: ConsoleContext, run: Run) {
  const marked = markedDevices(context, run.id, () => true);
  const here = cursorDevice(context);
  const items = [
    ...(marked.length > 0
      ? [{ id: 'marked', label: words('console.retry.marked', { count: marked.length }) }]
      : here !== null
        ? [
            {
              id: 'one',
              label: words('console.retry.one', {
                name: context.getState().run!.devices.get(here)?.name ?? '',
              }),
            },
          ]
        : []),
    ...retrySets
      .filter((set) => (run.counts[set] ?? 0) > 0)
      .map((set) => ({ id: set, label: words(`console.retry.${set}`, { count: run.counts[set]! }) })),
  ];
  if (items.length === 0) return notify(context, words('console.retry.nothing'), 'status.warning');
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'choice',
      title: words('console.choice.retry'),
      items,
      cursor: 0,
      onChosen: async (id) => {
        const deviceIds = id === 'marked' ? marked : id === 'one' ? [here!] : [];
        const sets = retrySets.filter((set) => set === id);
        const started = await answered(context, context.send('retryRun', { runId: run.id, sets, deviceIds }));
        if (started) context.openRun(started.run.id);
      },
    },
  });
}

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
