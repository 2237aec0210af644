import { failure } from '../../domain/failure.ts';
import { splitGroupPath } from '../../domain/groupTree.ts';
import { groupBelow, groupCounts } from '../../imports/groupBelow.ts';
import { listFormats, parseDeviceList } from '../../imports/registry.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { ReportLine } from '../state/overlay.ts';
import { groupPath } from '../state/tree.ts';
import { words } from '../state/words.ts';
import { openForm, textOrNull } from './openForm.ts';
import { rememberSaved } from './rememberSaved.ts';

/** Devices from another tool's list; what was refused is said by line. */
export function importDevices(context: ConsoleContext, groupId: string | null) {
  const path = groupPath(context.getState().model.collections.groups, groupId);
  openForm(context, {
    title: words('console.form.importDevices'),
    fields: [
      {
        id: 'path',
        kind: 'text',
        label: words('console.form.path'),
        help: words('console.form.importPath.help'),
        isPath: true,
      },
      {
        id: 'format',
        kind: 'choice',
        label: words('console.form.format'),
        choices: [
          { id: '', label: words('console.form.format.byName') },
          ...listFormats.map((id) => ({ id, label: { plain: id } })),
        ],
      },
      {
        id: 'group',
        kind: 'text',
        label: words('console.form.group'),
        help: words('console.form.importGroup.help'),
      },
    ],
    values: { format: '', group: path },
    submitLabel: words('console.button.import'),
    submit: async (values) => {
      const file = textOrNull(values['path']);
      if (file === null) return { field: 'path', content: words('console.form.required') };
      const bytes = await context.readFile(file);
      if (!bytes.ok) return { field: 'path', content: bytes.failure };
      const list = await parseDeviceList(bytes.value, file, values['format'] || null);
      const group = textOrNull(values['group']);
      const problem = group === null ? null : splitGroupPath(group);
      if (problem !== null && 'problem' in problem)
        return {
          field: 'group',
          content: failure('input.invalid', { field: 'group', expected: problem.problem }),
        };
      const devices = list.devices.map(({ line: _line, ...device }) => ({
        ...device,
        groupPath: groupBelow(group, device.groupPath),
      }));
      const before = context.getState().model.collections.devices;
      const saved = await context.send('saveDevices', { devices });
      if (!saved.ok) return { field: null, content: saved.failure };
      const count = saved.value.added.length + saved.value.updated.length;
      rememberSaved(context, words('changes.what.devicesImported', { count }), before, saved.value);
      const refused = [
        ...list.refused,
        ...saved.value.refused.map(({ index, failure }) => ({
          line: list.devices[index]!.line,
          text: list.devices[index]!.address,
          failure,
        })),
      ].sort((a, b) => a.line - b.line);
      const lines: ReportLine[] = [
        {
          content: words('console.report.imported', {
            added: saved.value.added.length,
            updated: saved.value.updated.length,
            refused: refused.length,
          }),
          role: refused.length === 0 ? 'status.ok' : 'status.warning',
        },
        ...groupCounts(devices, saved.value.refused).map(
          ({ path: into, devices: moved }): ReportLine => ({
            content: words('console.report.importedGroup', { path: into, count: moved }),
            role: 'text',
          }),
        ),
        ...refused.map(
          ({ line, text: excerpt, failure }): ReportLine => ({
            content: { failure, before: words('console.report.line', { line, text: excerpt }) },
            role: 'status.error',
          }),
        ),
      ];
      // The report takes the form's place.
      context.dispatch({ type: 'ui/overlayClosed' });
      context.dispatch({
        type: 'ui/overlayOpened',
        overlay: { kind: 'report', title: words('console.form.importDevices'), lines, top: 0 },
      });
      return null;
    },
  });
}
