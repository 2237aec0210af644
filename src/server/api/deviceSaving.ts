import type { z } from 'zod';
import { type Failure, failure } from '../../domain/failure.ts';
import { splitGroupPath } from '../../domain/groupTree.ts';
import type { Change, Device, Model } from '../../domain/model.ts';
import type { DevicesSaved } from '../../protocol/answers.ts';
import type { commands } from '../../protocol/commands.ts';
import type { IdSource } from '../../shared/idSource.ts';
import { groupFinder } from './groupPaths.ts';
import { nameProblem } from './refusals.ts';

export type GivenDevice = z.output<(typeof commands)['saveDevices']['params']>['devices'][number];

const defaultPort = 22;

/** What makes a device the same device: where it answers, and through which jump host. */
export const placeOf = ({
  address,
  port,
  jumpHost,
}: Pick<Device, 'address' | 'port' | 'jumpHost'>): string => {
  const via = jumpHost === null ? '' : `${jumpHost.user ?? ''}@${jumpHost.address}:${jumpHost.port ?? ''}`;
  return `${address.toLowerCase()}|${port ?? defaultPort}|${via.toLowerCase()}`;
};

export function devicesByPlace(devices: Iterable<Device>): Map<string, Device> {
  return new Map(Array.from(devices, (device) => [placeOf(device), device]));
}

/** Adds each device, or updates the one at the same place; says which and which it refuses, by position. */
export function saveDevices(
  draft: Model,
  given: readonly GivenDevice[],
  ids: IdSource,
): { changes: Change[]; value: DevicesSaved } {
  const known = devicesByPlace(draft.devices.values());
  const groups = groupFinder(draft.groups, ids);
  const taken = new Set<string>();
  const added: Device[] = [];
  const updated: Device[] = [];
  const refused: { index: number; failure: Failure }[] = [];
  given.forEach(({ groupPath, ...fields }, index) => {
    const place = placeOf(fields);
    const refusal = refusalOf(fields.name, groupPath, taken.has(place));
    if ('failure' in refusal) {
      refused.push({ index, failure: refusal.failure });
      return;
    }
    taken.add(place);
    const groupId = refusal.names === null ? null : groups.ensure(refusal.names);
    const before = known.get(place);
    if (before) updated.push({ ...before, ...fields, groupId: groupId ?? before.groupId });
    else {
      const fresh = { managedBy: null, lastAccountId: null, facts: null };
      added.push({ id: ids.entityId('dev'), ...fields, ...fresh, groupId });
    }
  });
  const changes: Change[] = [];
  if (groups.added.length > 0) changes.push({ collection: 'groups', put: groups.added, removed: [] });
  const put = [...added, ...updated];
  if (put.length > 0) changes.push({ collection: 'devices', put, removed: [] });
  return { changes, value: { added, updated, refused } };
}

function refusalOf(
  name: string,
  groupPath: string | null,
  isRepeated: boolean,
): { readonly failure: Failure } | { readonly names: string[] | null } {
  const problem = nameProblem(name);
  if (problem !== null) return refuse('name', problem);
  if (isRepeated) return refuse('address', 'onceInList');
  if (groupPath === null) return { names: null };
  const split = splitGroupPath(groupPath);
  return 'problem' in split ? refuse('groupPath', split.problem) : split;
}

const refuse = (field: string, expected: string) => ({
  failure: failure('input.invalid', { field, expected }),
});
