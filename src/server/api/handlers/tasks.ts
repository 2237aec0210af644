import { hasDelivery } from '../../../domain/deliveryChoice.ts';
import type { Outcome } from '../../../domain/failure.ts';
import { findByName } from '../../../domain/foldedName.ts';
import type { Model, RemoteInstallationTask, Targets, TaskSettings } from '../../../domain/model.ts';
import { devicesOf } from '../../../domain/targets.ts';
import { taskNameFor, taskNameProblem, uniqueTaskName } from '../../../domain/taskName.ts';
import { ok } from '../../../shared/result.ts';
import { planDevices } from '../../engine/readiness.ts';
import type { Handlers } from '../handler.ts';
import { checkTaskLicense } from '../licenseChecks.ts';
import { inUse, invalid, nameTaken, notFound, required } from '../refusals.ts';
import { taskRestored } from '../restoring.ts';

export const taskHandlers: Handlers<
  'createTask' | 'updateTask' | 'removeTask' | 'restoreTask' | 'planTask' | 'startRemoteInstallationTask'
> = {
  createTask: ({ name, packageId, targets, settings, language }, { store, ids, clock, user, engine }) => {
    engine.parts.workers.warm();
    const typed = name?.trim() ?? null;
    const problem = typed === null ? null : taskNameProblem(typed);
    if (problem !== null) return invalid('name', problem);
    return store.commit((draft) => {
      const checked = checkParts(draft, packageId, targets, settings);
      if (!checked.ok) return checked;
      const license = checkTaskLicense(draft, settings.license, checked.value, clock.now());
      if (!license.ok) return license;
      const taken = Array.from(draft.tasks.values(), (task) => task.name);
      const wanted = typed ?? taskNameFor(checked.value.name, language);
      const task: RemoteInstallationTask = {
        id: ids.entityId('task'),
        number: 1 + Math.max(0, ...Array.from(draft.tasks.values(), (other) => other.number)),
        name: uniqueTaskName(wanted, taken),
        packageId,
        targets,
        settings,
        attempts: {},
        createdAt: clock.now(),
        createdBy: user,
      };
      return ok({ changes: [{ collection: 'tasks', put: [task], removed: [] }], value: { task } });
    });
  },

  /** B30: the counters are kept whatever is changed. */
  updateTask: ({ id, name, targets, settings }, { store, clock }) => {
    const typed = name?.trim();
    const problem = typed === undefined ? null : taskNameProblem(typed);
    if (problem !== null) return invalid('name', problem);
    return store.commit((draft) => {
      const before = required(draft.tasks, id, 'task');
      if (!before.ok) return before;
      if (typed !== undefined) {
        const other = findByName(draft.tasks.values(), typed);
        if (other && other.id !== id) return nameTaken('task', other.name);
      }
      const given = Object.fromEntries(
        Object.entries(settings ?? {}).filter(([, value]) => value !== undefined),
      );
      const merged: TaskSettings = { ...before.value.settings, ...given };
      const checked = checkSettings(draft, merged);
      if (!checked.ok) return checked;
      const installationPackage = draft.packages.get(before.value.packageId);
      const license =
        given.license === undefined || !installationPackage
          ? ok(null)
          : checkTaskLicense(draft, merged.license, installationPackage, clock.now());
      if (!license.ok) return license;
      const aimed = targets === undefined ? ok(null) : checkTargets(draft, targets);
      if (!aimed.ok) return aimed;
      const task: RemoteInstallationTask = {
        ...before.value,
        ...(typed !== undefined && { name: typed }),
        ...(targets !== undefined && { targets }),
        settings: merged,
      };
      return ok({ changes: [{ collection: 'tasks', put: [task], removed: [] }], value: { task } });
    });
  },

  /** Its runs stay to be read. */
  removeTask: ({ id }, { store, engine }) =>
    store.commit((draft) => {
      const task = required(draft.tasks, id, 'task');
      if (!task.ok) return task;
      const run = Array.from(draft.runs.values()).find((r) => r.taskId === id && r.finishedAt === null);
      if (run || engine.hasLiveRunOf(id))
        return inUse('task', task.value.name, run ? `${run.taskName} #${run.number}` : task.value.name);
      return ok({ changes: [{ collection: 'tasks', put: [], removed: [id] }], value: {} });
    }),

  restoreTask: ({ task }, { store }) =>
    store.commit((draft) => {
      const restored = taskRestored(draft, task);
      if (!restored.ok) return restored;
      const put = [restored.value];
      return ok({ changes: [{ collection: 'tasks', put, removed: [] }], value: { task: restored.value } });
    }),

  planTask: async ({ packageId, targets, settings }, { store, engine, user }) => {
    const checked = checkParts(store.model, packageId, targets, settings);
    if (!checked.ok) return checked;
    const devices = devicesOf(store.model, targets);
    return ok({ rows: await planDevices(engine.parts, devices, settings, checked.value, user) });
  },

  startRemoteInstallationTask: async ({ taskId }, { engine, user }) => {
    const run = await engine.start(taskId, user);
    return run.ok ? ok({ run: run.value }) : run;
  },
};

/** Everything that a task names exists (B22, B45). Answers its package. */
function checkParts(model: Model, packageId: string, targets: Targets, settings: TaskSettings) {
  const installationPackage = required(model.packages, packageId, 'package');
  if (!installationPackage.ok) return installationPackage;
  const aimed = checkTargets(model, targets);
  if (!aimed.ok) return aimed;
  const checked = checkSettings(model, settings);
  return checked.ok ? installationPackage : checked;
}

function checkTargets(model: Model, targets: Targets): Outcome<null> {
  if (targets.kind === 'group')
    return model.groups.has(targets.groupId) ? ok(null) : notFound('group', targets.groupId);
  if (targets.deviceIds.length === 0) return invalid('targets', 'atLeastOneDevice');
  const missing = targets.deviceIds.find((id) => !model.devices.has(id));
  return missing === undefined ? ok(null) : notFound('device', missing);
}

function checkSettings(model: Model, settings: TaskSettings): Outcome<null> {
  if (!hasDelivery(settings.delivery)) return invalid('delivery', 'atLeastOneDelivery');
  const missing = settings.accountIds.find((id) => !model.accounts.has(id));
  return missing === undefined ? ok(null) : notFound('account', missing);
}
