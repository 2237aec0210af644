import type { InstallationPackage } from '../../domain/model.ts';
import type { DistributionPackageSeen } from '../../protocol/answers.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { fieldsOf, unlessChanged } from '../state/pastChange.ts';
import { type Words, words } from '../state/words.ts';
import { sizeText } from '../viewmodels/figures.ts';
import { confirm, forEach, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';
import { changedSettings, knownValues, packageFields, valuesOf } from './packageForms.ts';
import { runsUnderWay } from './runningNow.ts';
import { cannotBeUndone, remember, rememberFinal } from './undo.ts';
import { splitByUse, tasksOfPackage } from './usedBy.ts';

const labelled = ({ name, version }: InstallationPackage) => ({ name, version });

/** Licenses in the order of their names; whether one fits is the server's to say. */
const licensesIn = (context: ConsoleContext) =>
  [...context.getState().model.collections.licenses.values()].sort((a, b) => compareNames(a.name, b.name));

const seenWords = (seen: DistributionPackageSeen): readonly Words[] => [
  words('console.form.packageSeen', {
    name: seen.name,
    version: seen.version,
    format: seen.format,
    architecture: seen.architecture,
    size: sizeText(seen.sizeBytes),
  }),
  ...(seen.needsCommand ? [words('console.form.commandNeeded')] : []),
];

/** B1, B64: an installation package from a vendor's file. What the file says of itself is shown first. */
export function addPackage(context: ConsoleContext) {
  let seen: { readonly path: string; readonly found: DistributionPackageSeen } | null = null;
  openForm(context, {
    title: words('console.form.addPackage'),
    fields: [
      {
        id: 'path',
        kind: 'text',
        label: words('console.form.path'),
        help: words('console.form.packagePath.help'),
        isRequired: true,
        isPath: true,
      },
      ...packageFields({
        needsCommand: () => seen?.found.needsCommand ?? false,
        isNew: true,
        licenses: licensesIn(context),
      }),
    ],
    values: {},
    submitLabel: words('console.button.add'),
    inspect: async (field, values) => {
      const path = textOrNull(values['path']);
      if (field !== 'path' || path === null || path === seen?.path) return null;
      const found = await context.send('inspectDistributionPackage', { path: context.absolutePath(path) });
      if (!found.ok) return { info: [], problem: { field: 'path', content: found.failure }, values: {} };
      seen = { path, found: found.value };
      const { name, version } = found.value;
      return {
        info: seenWords(found.value),
        problem: null,
        values: { name, version, ...knownValues(found.value) },
      };
    },
    submit: async (values) => {
      const path = textOrNull(values['path']) ?? '';
      const { name, version, ...settings } = changedSettings(
        values,
        seen === null ? {} : knownValues(seen.found),
      );
      const added = await context.send('addInstallationPackage', {
        path: context.absolutePath(path),
        ...(name ? { name } : {}),
        ...(version ? { version } : {}),
        ...settings,
      });
      if (!added.ok) return { field: null, content: added.failure };
      const { package: made, isReused } = added.value;
      const label = labelled(made);
      if (!isReused)
        remember(context, {
          what: words('changes.what.packageAdded', label),
          inverse: ({ packages }) =>
            unlessChanged(packages.get(made.id), {}, [
              { command: 'removeInstallationPackage', params: { id: made.id } },
            ]),
        });
      notify(
        context,
        words(isReused ? 'console.notice.packageReused' : 'console.notice.packageAdded', label),
      );
      return null;
    },
  });
}

const editable = [
  'name',
  'version',
  'command',
  'parameters',
  'detection',
  'exitCodes',
  'installTimeoutMs',
  'licenseId',
  'licenseDelivery',
] as const satisfies readonly (keyof InstallationPackage)[];

/** What was never set is sent as nothing, or undoing would leave it. */
const noLicense = { licenseId: null, licenseDelivery: null };

export function editPackage(context: ConsoleContext, id: string) {
  const { collections: model, capabilities } = context.getState().model;
  const before = model.packages.get(id);
  if (before === undefined) return;
  const format = capabilities?.packageFormats.find((one) => one.id === before.format);
  const tasks = tasksOfPackage(model, id);
  const running = runsUnderWay(model, tasks).length;
  const values = valuesOf(before);
  openForm(context, {
    title: words('console.form.editPackage'),
    fields: packageFields({
      needsCommand: () => format?.needsCommand ?? false,
      isNew: false,
      licenses: licensesIn(context),
    }),
    values,
    info: tasks.length > 0 ? [words('changes.form.usedByTasks', { count: tasks.length })] : [],
    warnings: running > 0 ? [words('changes.running.package', { count: running })] : [],
    submit: async (now) => {
      const settings = changedSettings(now, values);
      if (Object.keys(settings).length === 0) return null;
      const saved = await context.send('updateInstallationPackage', { id, ...settings });
      if (!saved.ok) return { field: null, content: saved.failure };
      const after = fieldsOf(saved.value.package, editable);
      remember(context, {
        what: words('changes.what.packageEdited', labelled(before)),
        inverse: ({ packages }) =>
          unlessChanged(packages.get(id), after, [
            {
              command: 'updateInstallationPackage',
              params: { id, ...fieldsOf({ ...noLicense, ...before }, editable) },
            },
          ]),
      });
      notify(context, words('changes.saved', { name: after.name }));
      return null;
    },
  });
}

export function removePackages(context: ConsoleContext, ids: readonly string[]) {
  const model = context.getState().model.collections;
  const labelOf = (id: string) => labelled(model.packages.get(id)!);
  const nameOf = (id: string) => `${labelOf(id).name} ${labelOf(id).version}`.trim();
  const { free, lines } = splitByUse(model, ids, nameOf, tasksOfPackage);
  const why = words('changes.why.contentDeleted');
  const remove = async () => {
    const removed = await forEach(
      context,
      free,
      (id) => context.send('removeInstallationPackage', { id }),
      (count) => words('console.notice.removed', { count }),
    );
    if (removed.length > 0)
      rememberFinal(context, words('changes.what.packagesRemoved', { count: removed.length }), why);
  };
  confirm(context, {
    title: words('console.confirm.removePackages'),
    lines: [
      ...lines,
      ...(free.length === 0
        ? []
        : [
            free.length === 1
              ? words('console.confirm.removePackage.what', labelOf(free[0]!))
              : words('console.confirm.removePackages.what', { count: free.length }),
            words('console.confirm.removePackages.kept'),
            cannotBeUndone(why),
          ]),
    ],
    ...(free.length === 0 ? { decline: words('changes.button.close') } : {}),
    buttons:
      free.length === 0 ? [] : [{ label: words('console.button.remove'), perform: () => void remove() }],
  });
}
