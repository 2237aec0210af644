import { failed, type Outcome } from '../domain/failure.ts';
import { splitGroupPath } from '../domain/groupTree.ts';
import { groupCounts } from '../imports/groupBelow.ts';
import { ok } from '../shared/result.ts';
import { sanitiseLine } from '../shared/sanitise.ts';
import { newDeviceOf, readDeviceList } from './deviceOptions.ts';
import { onServer } from './onServer.ts';
import { type ExitStatus, exitStatuses } from './program/command.ts';
import type { CommandContext } from './program/context.ts';

/** A file of a wrong kind is refused line by line: the first ones say enough. */
const mostRefusedShown = 20;
const mostGroupsShown = 20;

interface ImportValues {
  readonly format: string | undefined;
  readonly group: string | undefined;
}

/** Adds a list's devices; says what was added, updated and refused, by line, and into which groups. */
export async function importDevices(
  context: CommandContext,
  file: string,
  values: ImportValues,
): Promise<Outcome<ExitStatus>> {
  const parent = values.group === undefined ? null : splitGroupPath(values.group);
  if (parent !== null && 'problem' in parent)
    return failed('input.invalid', { field: '--group', expected: parent.problem });
  const list = await readDeviceList(file, values.format ?? null);
  if (!list.ok) return list;
  const { format } = list.value;
  const devices = list.value.devices.map((device) => ({
    line: device.line,
    device: newDeviceOf(device, parent?.names.join('/') ?? null),
  }));
  return onServer(context, async (server) => {
    const saved = await server.call('saveDevices', { devices: devices.map(({ device }) => device) });
    if (!saved.ok) return saved;
    const { added, updated } = saved.value;
    const refused = [
      ...list.value.refused,
      ...saved.value.refused.map(({ index, failure }) => ({
        line: devices[index]?.line ?? 0,
        text: devices[index]?.device.address ?? '',
        failure,
      })),
    ].toSorted((a, b) => a.line - b.line);
    const groups = groupCounts(
      devices.map(({ device }) => device),
      saved.value.refused,
    );
    const { t, output } = context;
    output.json({
      format,
      added,
      updated,
      groups,
      refused: refused.map(({ line, text, failure }) => ({
        line,
        text,
        failure: { code: failure.code, message: context.explain(failure).message },
      })),
    });
    output.line(
      t('cli.device.imported', {
        format,
        added: added.length,
        updated: updated.length,
        refused: refused.length,
      }),
    );
    for (const { path, devices: count } of groups.slice(0, mostGroupsShown))
      output.line(`  ${t('cli.device.importedGroup', { path: sanitiseLine(path, 200), count })}`);
    sayMore(groups.length - mostGroupsShown);
    for (const { line, text, failure } of refused.slice(0, mostRefusedShown))
      output.line(
        `  ${file}:${line}: ${context.explain(failure).message}  ${sanitiseLine(text, 80)}`.trimEnd(),
      );
    sayMore(refused.length - mostRefusedShown);
    return ok(refused.length > 0 ? exitStatuses.usage : exitStatuses.good);

    function sayMore(hidden: number): void {
      if (hidden > 0) output.line(`  ${t('cli.summary.more', { count: hidden })} (--json)`);
    }
  });
}
