import type { DistributionPackageSeen } from '../../protocol/answers.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField, FormValues } from '../state/formState.ts';
import { words } from '../state/words.ts';
import { sizeText } from '../viewmodels/figures.ts';
import { confirm, forEach, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';

const pathField: FormField = {
  id: 'path',
  kind: 'text',
  label: words('console.form.path'),
  help: words('console.form.packagePath.help'),
};
const packageFields: readonly FormField[] = [
  {
    id: 'name',
    kind: 'text',
    label: words('console.form.name'),
    help: words('console.form.packageName.help'),
  },
  { id: 'version', kind: 'text', label: words('console.form.version') },
  {
    id: 'command',
    kind: 'text',
    label: words('console.form.command'),
    help: words('console.form.command.help'),
  },
  {
    id: 'parameters',
    kind: 'text',
    label: words('console.form.parameters'),
    help: words('console.form.parameters.help'),
  },
];

const seenWords = (seen: DistributionPackageSeen) => [
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
  openForm(context, {
    title: words('console.form.addPackage'),
    fields: [pathField, ...packageFields],
    values: {},
    submitLabel: words('console.button.add'),
    inspect: async (field, values) => {
      const path = textOrNull(values['path']);
      if (field !== 'path' || path === null) return null;
      const seen = await context.send('inspectDistributionPackage', { path: context.absolutePath(path) });
      if (!seen.ok) return { info: [], problem: { field: 'path', content: seen.failure }, values: {} };
      return {
        info: seenWords(seen.value),
        problem: null,
        values: { name: seen.value.name, version: seen.value.version },
      };
    },
    submit: async (values) => {
      const path = textOrNull(values['path']);
      if (path === null) return { field: 'path', content: words('console.form.required') };
      const added = await context.send('addInstallationPackage', {
        path: context.absolutePath(path),
        ...(textOrNull(values['name']) ? { name: values['name']!.trim() } : {}),
        ...(textOrNull(values['version']) ? { version: values['version']!.trim() } : {}),
        command: textOrNull(values['command']),
        parameters: values['parameters']?.trim() ?? '',
      });
      if (!added.ok) return { field: null, content: added.failure };
      const { name, version } = added.value.package;
      const key = added.value.isReused ? 'console.notice.packageReused' : 'console.notice.packageAdded';
      notify(context, words(key, { name, version }));
      return null;
    },
  });
}

export function editPackage(context: ConsoleContext, id: string) {
  const found = context.getState().model.collections.packages.get(id);
  if (found === undefined) return;
  openForm(context, {
    title: words('console.form.editPackage'),
    fields: packageFields,
    values: {
      name: found.name,
      version: found.version,
      command: found.command ?? '',
      parameters: found.parameters,
    },
    submit: async (values: FormValues) => {
      const name = textOrNull(values['name']);
      if (name === null) return { field: 'name', content: words('console.form.required') };
      const saved = await context.send('updateInstallationPackage', {
        id,
        name,
        version: values['version']?.trim() ?? '',
        command: textOrNull(values['command']),
        parameters: values['parameters']?.trim() ?? '',
      });
      return saved.ok ? null : { field: null, content: saved.failure };
    },
  });
}

export function removePackages(context: ConsoleContext, ids: readonly string[]) {
  const packages = context.getState().model.collections.packages;
  const first = packages.get(ids[0]!);
  confirm(context, {
    title: words('console.confirm.removePackages'),
    lines: [
      ids.length === 1
        ? words('console.confirm.removePackage.what', {
            name: first?.name ?? '',
            version: first?.version ?? '',
          })
        : words('console.confirm.removePackages.what', { count: ids.length }),
      words('console.confirm.removePackages.kept'),
    ],
    buttons: [
      {
        label: words('console.button.remove'),
        perform: () =>
          void forEach(
            context,
            ids,
            (id) => context.send('removeInstallationPackage', { id }),
            (count) => words('console.notice.removed', { count }),
          ),
      },
    ],
  });
}
