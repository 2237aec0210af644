import { failed, type Outcome } from '../../domain/failure.ts';
import type { TaskSettings } from '../../domain/model.ts';
import { fail, ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { notify } from '../perform/ask.ts';
import { runsUnderWay } from '../perform/runningNow.ts';
import { rememberTaskEdit } from '../perform/taskChanges.ts';
import { words } from '../state/words.ts';
import type { TaskEdit } from './wizardEffect.ts';

/** A run has its devices and waves from its start. */
const ofNextRun: ReadonlySet<string> = new Set<'targets' | keyof TaskSettings>(['targets', 'waveSize']);

/** From when the change holds, where a run of the task is under way. */
function holdsFrom({ params }: TaskEdit): 'nextRun' | 'devicesToCome' | 'both' {
  const changed = [...(params.targets ? ['targets'] : []), ...Object.keys(params.settings ?? {})];
  const later = changed.filter((name) => ofNextRun.has(name)).length;
  return later === 0 ? 'devicesToCome' : later === changed.length ? 'nextRun' : 'both';
}

/** Saves what was changed, remembers the way back and says from when it holds. */
export async function saveTaskEdit(context: ConsoleContext, edit: TaskEdit): Promise<Outcome<null>> {
  const before = context.getState().model.collections.tasks.get(edit.params.id);
  if (before === undefined) return failed('input.notFound', { kind: 'task', name: edit.params.id });
  const targets = await targetsWith(context, edit);
  if (!targets.ok) return targets;
  const saved = await context.send('updateTask', { ...edit.params, ...targets.value });
  if (!saved.ok) return saved;
  const { task } = saved.value;
  rememberTaskEdit(context, before, task);
  const isRunning = runsUnderWay(context.getState().model.collections, [task]).length > 0;
  const hasMore = edit.params.targets !== undefined || edit.params.settings !== undefined;
  const { name } = task;
  if (isRunning && hasMore) notify(context, words(`wizard.saved.${holdsFrom(edit)}`, { name }));
  else notify(context, words('changes.saved', { name }));
  return ok(null);
}

/** Typed devices are made known first. */
async function targetsWith(
  context: ConsoleContext,
  { params: { targets }, newDevices }: TaskEdit,
): Promise<Outcome<Pick<TaskEdit['params'], 'targets'>>> {
  if (targets?.kind !== 'devices' || newDevices.length === 0) return ok({ targets });
  const saved = await context.send('saveDevices', { devices: [...newDevices] });
  if (!saved.ok) return saved;
  const { added, updated, refused } = saved.value;
  if (refused[0] !== undefined) return fail(refused[0].failure);
  const ids = [...added, ...updated].map(({ id }) => id);
  return ok({ targets: { kind: 'devices', deviceIds: [...new Set([...targets.deviceIds, ...ids])] } });
}
