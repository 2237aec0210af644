import { isFinal } from '../../domain/attempt.ts';
import { isExhausted } from '../../domain/attempts.ts';
import type { RemoteInstallationTask, Run } from '../../domain/model.ts';
import { devicesToRetry, type RetrySet } from '../../domain/retrySet.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { type Words, words } from '../state/words.ts';
import { answered, choose, confirm, notify } from './ask.ts';
import { deviceHere, markedDevices, watchedDevices } from './runDevices.ts';

const sets: readonly RetrySet[] = ['failed', 'unreachable', 'notStarted', 'cancelled', 'restartPending'];
/** A pending restart is a success: it is tried again only on its own. */
const notWell: readonly RetrySet[] = ['failed', 'unreachable', 'notStarted', 'cancelled'];

/** Exactly these: sets of the run, or devices. */
interface Again {
  readonly sets: readonly RetrySet[];
  readonly deviceIds: readonly string[];
}
const oneOf = (set: RetrySet): Again => ({ sets: [set], deviceIds: [] });

/** B88: exactly one of the sets, all that is not well, or exactly the marked devices; each with its number. */
export function retryRun(context: ConsoleContext, run: Run) {
  const { counts } = context.getState().run?.runId === run.id ? context.getState().run!.devices : run;
  const countOf = (some: readonly RetrySet[]) => some.reduce((sum, set) => sum + (counts[set] ?? 0), 0);
  const marked = markedDevices(context, run.id).filter(({ state }) => isFinal(state));
  const here = deviceHere(context);
  const choices: { readonly label: Words; readonly again: Again }[] = [];
  if (marked.length > 0)
    choices.push({
      label: words('console.retry.marked', { count: marked.length }),
      again: { sets: [], deviceIds: marked.map(({ deviceId }) => deviceId) },
    });
  else if (here !== null && isFinal(here.state))
    choices.push({
      label: words('console.retry.one', { name: here.name }),
      again: { sets: [], deviceIds: [here.deviceId] },
    });
  const present = sets.filter((set) => countOf([set]) > 0);
  for (const set of present)
    choices.push({ label: words(`console.retry.${set}`, { count: countOf([set]) }), again: oneOf(set) });
  if (present.filter((set) => notWell.includes(set)).length > 1)
    choices.push({
      label: words('run.retry.notWell', { count: countOf(notWell) }),
      again: { sets: notWell, deviceIds: [] },
    });
  if (choices.length === 0) return notify(context, words('console.retry.nothing'), 'status.warning');
  choose(
    context,
    words('console.choice.retry'),
    choices.map(({ label }, i) => ({ id: String(i), label })),
    (id) => askRetry(context, run, choices[Number(id)]!.again),
  );
}

const mostNames = 5;

/** Says exactly which devices, and what those need whose attempts are used up (B30). */
export function askRetry(context: ConsoleContext, run: Run, again: Again): void {
  const { tasks, devices } = context.getState().model.collections;
  const rows = watchedDevices(context, run.id);
  const task = tasks.get(run.taskId);
  const retry = () => void startRetry(context, run, again);
  // Another run's devices are not known here: the server takes exactly the set.
  if (rows === null || task === undefined) {
    retry();
    return;
  }
  const ids = devicesToRetry(rows, again.sets, again.deviceIds);
  const known = ids.filter((id) => devices.has(id));
  if (known.length === 0) {
    notify(context, words('console.retry.nothing'), 'status.warning');
    return;
  }
  const spent = known.filter((id) => isExhausted(task, id)).length;
  const names = known.slice(0, mostNames).map((id) => devices.get(id)!.name);
  const raised = Math.min(99, task.settings.attemptsLimit + 3);
  const raise = async () => {
    if (await answered(context, raiseLimit(context, task, raised))) retry();
  };
  confirm(context, {
    title: words('run.retry.title'),
    lines: [
      words('run.retry.exactly', { count: known.length }),
      words(known.length > mostNames ? 'run.retry.namesMore' : 'run.retry.names', {
        names: names.join(', '),
        count: known.length - mostNames,
      }),
      ...(ids.length > known.length
        ? [words('run.retry.removed', { count: ids.length - known.length })]
        : []),
      ...(spent === 0
        ? []
        : [words('run.retry.spent', { count: spent, limit: task.settings.attemptsLimit })]),
    ],
    buttons: [
      ...(spent === known.length
        ? []
        : [{ label: words('run.retry.do', { count: known.length }), perform: retry }]),
      ...(spent === 0
        ? []
        : [{ label: words('run.retry.raise', { limit: raised }), perform: () => void raise() }]),
    ],
  });
}

const raiseLimit = (context: ConsoleContext, task: RemoteInstallationTask, attemptsLimit: number) =>
  context.send('updateTask', { id: task.id, settings: { attemptsLimit } });

async function startRetry(context: ConsoleContext, run: Run, again: Again): Promise<void> {
  const order = { runId: run.id, sets: [...again.sets], deviceIds: [...again.deviceIds] };
  const started = await answered(context, context.send('retryRun', order));
  if (started) context.openRun(started.run.id);
}

/** B30: after the number was raised where a run shows devices that had used theirs up, they can be tried at once. */
export function offerSpent(context: ConsoleContext, spentBefore: ReadonlySet<string>): void {
  const run = context.getState().run?.run;
  if (!run || run.finishedAt === null) return;
  const rows = watchedDevices(context, run.id) ?? [];
  const deviceIds = rows
    .filter(
      ({ deviceId, state }) => spentBefore.has(deviceId) && (state === 'failed' || state === 'notStarted'),
    )
    .map(({ deviceId }) => deviceId);
  if (deviceIds.length > 0) askRetry(context, run, { sets: [], deviceIds });
}
