import type { Outcome } from '../../domain/failure.ts';
import type { Model, RemoteInstallationTask, Targets } from '../../domain/model.ts';
import { fail, ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { SubmitPlan } from './wizardEffect.ts';
import type { Made, SubmitPhase, Submitted } from './wizardState.ts';

/** What submitting says while it works. */
export type SubmitReport = (
  report:
    | { readonly type: 'submitReached'; readonly phase: SubmitPhase }
    | { readonly type: 'submitMade'; readonly made: Partial<Made> },
) => void;

interface Work {
  readonly context: ConsoleContext;
  readonly plan: SubmitPlan;
  readonly report: SubmitReport;
}

/** B64: an installation package of the same name, version and content is used again by the server. */
async function packageId({ context, plan, report }: Work): Promise<Outcome<string>> {
  if (plan.package.kind === 'existing') return ok(plan.package.packageId);
  report({ type: 'submitReached', phase: 'package' });
  const added = await context.send('addInstallationPackage', plan.package.params);
  return added.ok ? ok(added.value.package.id) : added;
}

/** B36: sent again it changes nothing. */
async function addLicense({ context, plan }: Work, id: string): Promise<Outcome<unknown>> {
  const { licenseForPackage: licenseId } = plan;
  return licenseId === null ? ok(null) : context.send('updateInstallationPackage', { id, licenseId });
}

/** Saving devices again updates the same ones: the server knows them by address and port. */
async function targetsOf({ context, plan, report }: Work): Promise<Outcome<Targets>> {
  if (plan.targets.kind === 'group') return ok(plan.targets);
  const deviceIds = [...plan.targets.deviceIds];
  if (plan.newDevices.length === 0) return ok({ kind: 'devices', deviceIds });
  report({ type: 'submitReached', phase: 'devices' });
  const saved = await context.send('saveDevices', { devices: [...plan.newDevices] });
  if (!saved.ok) return saved;
  const { added, updated, refused } = saved.value;
  const [first] = refused;
  if (first !== undefined) return fail(first.failure);
  return ok({ kind: 'devices', deviceIds: [...deviceIds, ...[...added, ...updated].map(({ id }) => id)] });
}

const targetKey = (targets: Targets): string =>
  targets.kind === 'group' ? targets.groupId : targets.deviceIds.toSorted().join(' ');

/** The task that an earlier press has made, when its answer was lost on the way. */
function lostTask(model: Model, plan: SubmitPlan, wanted: { packageId: string; targets: Targets }) {
  const before = new Set(plan.made.tasksBefore);
  return [...model.tasks.values()].find(
    (task) =>
      !before.has(task.id) &&
      task.name === plan.task.name &&
      task.packageId === wanted.packageId &&
      task.targets.kind === wanted.targets.kind &&
      targetKey(task.targets) === targetKey(wanted.targets),
  );
}

/** Made once: again only when the options have changed since, and then the first one goes. */
async function taskOf(
  { context, plan, report }: Work,
  wanted: { packageId: string; targets: Targets },
): Promise<Outcome<Pick<RemoteInstallationTask, 'id' | 'name'>>> {
  report({ type: 'submitReached', phase: 'task' });
  const specification = JSON.stringify({ ...plan.task, ...wanted });
  const model = context.getState().model.collections;
  const made = plan.made.taskId === null ? undefined : model.tasks.get(plan.made.taskId);
  const isSame = plan.made.taskSpecification === specification;
  const ours = made ?? (isSame && plan.made.isTaskSent ? lostTask(model, plan, wanted) : undefined);
  if (ours !== undefined && isSame) {
    report({ type: 'submitMade', made: { taskId: ours.id } });
    return ok(ours);
  }
  if (made !== undefined) {
    const removed = await context.send('removeTask', { id: made.id });
    if (!removed.ok) return removed;
  }
  report({ type: 'submitMade', made: { taskId: null, taskSpecification: specification, isTaskSent: true } });
  const created = await context.send('createTask', { ...plan.task, ...wanted });
  if (!created.ok) return created;
  report({ type: 'submitMade', made: { taskId: created.value.task.id } });
  return ok(created.value.task);
}

async function runOf({ context, plan, report }: Work, taskId: string): Promise<Outcome<string>> {
  report({ type: 'submitReached', phase: 'run' });
  const { runs } = context.getState().model.collections;
  const started = plan.made.isStartSent
    ? [...runs.values()].findLast((run) => run.taskId === taskId)
    : undefined;
  if (started !== undefined) return ok(started.id);
  report({ type: 'submitMade', made: { isStartSent: true } });
  const run = await context.send('startRemoteInstallationTask', { taskId });
  return run.ok ? ok(run.value.run.id) : run;
}

/**
 * The last Next (B56, B57): the package, the devices, the task and its run, in this order. It stops at the first
 * failure; pressed again, it goes on where it stopped and makes nothing twice.
 */
export async function submitWizard(
  context: ConsoleContext,
  plan: SubmitPlan,
  report: SubmitReport,
): Promise<Outcome<Submitted>> {
  const work: Work = { context, plan, report };
  report({ type: 'submitMade', made: { tasksBefore: plan.made.tasksBefore } });
  const id = await packageId(work);
  if (!id.ok) return id;
  const licensed = await addLicense(work, id.value);
  if (!licensed.ok) return licensed;
  const targets = await targetsOf(work);
  if (!targets.ok) return targets;
  const task = await taskOf(work, { packageId: id.value, targets: targets.value });
  if (!task.ok) return task;
  const submitted = { taskId: task.value.id, taskName: task.value.name };
  if (!plan.isStarted) return ok({ ...submitted, runId: null });
  const run = await runOf(work, task.value.id);
  return run.ok ? ok({ ...submitted, runId: run.value }) : run;
}
