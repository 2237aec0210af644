import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failed, type Outcome } from '../domain/failure.ts';
import type { InstallationPackage, Targets } from '../domain/model.ts';
import { hasOtherSettings } from '../domain/packageDifference.ts';
import { ok } from '../shared/result.ts';
import { sanitiseLine } from '../shared/sanitise.ts';
import { devicesForAddresses, findDevices } from './deviceOptions.ts';
import { findGroup, findPackage } from './lookup.ts';
import { missing } from './missing.ts';
import type { Server } from './onServer.ts';
import { packageFields, type packageOptions } from './packageOptions.ts';
import type { Values } from './program/command.ts';
import type { CommandContext } from './program/context.ts';

const isFile = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** B1, B64: an installation package by its name, or made from a distribution package's file. */
export async function packageForWord(
  context: CommandContext,
  server: Server,
  word: string,
  values: Values<typeof packageOptions>,
): Promise<Outcome<InstallationPackage>> {
  const known = findPackage(server.snapshot, word);
  const fields = packageFields(values);
  if (!fields.ok) return fields;
  // A path is always a file; a bare word is a package first.
  if (!word.includes('/') && (known.ok || known.failure.code !== 'input.notFound' || !(await isFile(word)))) {
    if (known.ok && hasOtherSettings(known.value, fields.value))
      return failed('package.settingsDiffer', { name: known.value.name });
    return known;
  }
  const added = await server.call('addInstallationPackage', { path: resolve(word), ...fields.value });
  if (!added.ok) return added;
  const { name, version, id } = added.value.package;
  const key = added.value.isReused ? 'cli.package.reused' : 'cli.package.added';
  context.output.line(context.t(key, { package: sanitiseLine(`${name} ${version}`.trim()), id }));
  return ok(added.value.package);
}

interface TargetValues {
  readonly device: readonly string[];
  readonly group: string | undefined;
  readonly address: readonly string[];
  readonly from: string | undefined;
}

/** B10, B63: a group as it is at each run, or a fixed list of devices. */
export async function installTargets(
  context: CommandContext,
  server: Server,
  { device, group, address, from }: TargetValues,
): Promise<Outcome<Targets>> {
  const hasDevices = device.length > 0 || address.length > 0 || from !== undefined;
  if (group !== undefined && hasDevices)
    return failed('input.invalid', { field: '--group', expected: 'groupAlone' });
  if (group !== undefined) {
    const found = findGroup(server.snapshot, group);
    return found.ok ? ok({ kind: 'group', groupId: found.value.id }) : found;
  }
  if (!hasDevices) return missing('targets');
  const named = findDevices(
    server,
    device.flatMap((word) => word.split(',')),
    undefined,
  );
  if (!named.ok) return named;
  const addressed = await devicesForAddresses(context, server, address, from);
  if (!addressed.ok) return addressed;
  const deviceIds = [...new Set([...named.value, ...addressed.value].map(({ id }) => id))];
  return deviceIds.length > 0
    ? ok({ kind: 'devices', deviceIds })
    : failed('input.invalid', { field: '--from', expected: 'targets' });
}
