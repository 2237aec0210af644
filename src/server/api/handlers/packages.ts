import { failed } from '../../../domain/failure.ts';
import type { InstallationPackage, Model } from '../../../domain/model.ts';
import { hasOtherSettings } from '../../../domain/packageDifference.ts';
import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../handler.ts';
import { checkPackageLicense } from '../licenseChecks.ts';
import { newPackage, packageProblem, withFields } from '../packageFields.ts';
import { inUse, required } from '../refusals.ts';

export const packageHandlers: Handlers<
  | 'inspectDistributionPackage'
  | 'addInstallationPackage'
  | 'updateInstallationPackage'
  | 'removeInstallationPackage'
> = {
  inspectDistributionPackage: async ({ path }, { packages, engine }) => {
    engine.parts.workers.warm();
    const seen = await packages.inspect(path);
    if (!seen.ok) return seen;
    const { format, distribution, sizeBytes } = seen.value;
    return ok({
      ...distribution,
      format: format.id,
      needsCommand: format.needsCommand,
      detection: format.defaultDetection(distribution),
      exitCodes: { ...format.defaultExitCodes },
      sizeBytes,
    });
  },

  /** B64: the same name, version and content are the same package. */
  addInstallationPackage: ({ path, ...fields }, { packages, store, ids, clock, engine }) => {
    engine.parts.workers.warm();
    return packages.take(path, neededIn(store), (seen, content) =>
      store.commit<{ package: InstallationPackage; isReused: boolean }>((draft) => {
        const fresh = newPackage(seen, content, fields, { id: ids.entityId('pkg'), at: clock.now() });
        const same = Array.from(draft.packages.values()).find((known) => isSame(known, fresh));
        if (same) {
          // Never taken silently: the task would run another command than the one that was asked for.
          if (hasOtherSettings(same, fields)) return failed('package.settingsDiffer', { name: same.name });
          return ok({ changes: [], value: { package: same, isReused: true } });
        }
        const problem = packageProblem(fresh, seen.format);
        if (!problem.ok) return problem;
        const license = checkPackageLicense(draft, fresh, clock.now());
        if (!license.ok) return license;
        return ok({
          changes: [{ collection: 'packages', put: [fresh], removed: [] }],
          value: { package: fresh, isReused: false },
        });
      }),
    );
  },

  updateInstallationPackage: ({ id, ...fields }, { packages, store, clock }) =>
    store.commit((draft) => {
      const before = required(draft.packages, id, 'package');
      if (!before.ok) return before;
      const after = withFields(before.value, fields);
      const problem = packageProblem(after, packages.formatOf(after.format));
      if (!problem.ok) return problem;
      const isOther = after.licenseId !== before.value.licenseId || after.name !== before.value.name;
      const license = isOther ? checkPackageLicense(draft, after, clock.now()) : ok(null);
      if (!license.ok) return license;
      return ok({
        changes: [{ collection: 'packages', put: [after], removed: [] }],
        value: { package: after },
      });
    }),

  removeInstallationPackage: async ({ id }, { packages, store, log }) => {
    const removed = await store.commit((draft) => {
      const known = required(draft.packages, id, 'package');
      if (!known.ok) return known;
      for (const task of draft.tasks.values()) {
        if (task.packageId === id) return inUse('package', known.value.name, task.name);
      }
      return ok({
        changes: [{ collection: 'packages', put: [], removed: [id] }],
        value: known.value.content,
      });
    });
    if (!removed.ok) return removed;
    const dropped = await packages.drop(removed.value.sha256, neededIn(store));
    if (!dropped.ok) log.error(`content that nothing needs stays: ${dropped.failure.code}`);
    return ok({});
  },
};

const neededIn =
  (store: { readonly model: Model }) =>
  (sha256: string): boolean =>
    Array.from(store.model.packages.values()).some(({ content }) => content.sha256 === sha256);

const isSame = (a: InstallationPackage, b: InstallationPackage): boolean =>
  a.name === b.name && a.version === b.version && a.content.sha256 === b.content.sha256;
