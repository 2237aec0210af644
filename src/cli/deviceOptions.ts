import { failed, type Outcome } from '../domain/failure.ts';
import type { Device } from '../domain/model.ts';
import { parseAddressWord } from '../imports/addressWord.ts';
import type { ImportedDevice } from '../imports/deviceList.ts';
import { largestListBytes } from '../imports/deviceList.ts';
import { groupBelow } from '../imports/groupBelow.ts';
import { parseDeviceList } from '../imports/registry.ts';
import { ok } from '../shared/result.ts';
import { findAll, findDevice, findGroup, groupWithBelow } from './lookup.ts';
import type { Server } from './onServer.ts';
import type { CommandContext } from './program/context.ts';
import { readFileBytes } from './readFileBytes.ts';

/** What a device in a list becomes in `saveDevices`. */
export const newDeviceOf = ({ line: _, groupPath, ...device }: ImportedDevice, group: string | null) => ({
  ...device,
  groupPath: groupBelow(group, groupPath),
});

/** Devices by words and, with `group`, everything in it and below. */
export function findDevices(
  { snapshot }: Server,
  words: readonly string[],
  groupWord: string | undefined,
): Outcome<readonly Device[]> {
  const named = findAll(words, (word) => findDevice(snapshot, word));
  if (!named.ok || groupWord === undefined) return named;
  const group = findGroup(snapshot, groupWord);
  if (!group.ok) return group;
  const within = groupWithBelow(snapshot.collections.groups, group.value.id);
  const inGroup = snapshot.collections.devices.filter(
    ({ groupId }) => groupId !== null && within.has(groupId),
  );
  return ok([...new Set([...named.value, ...inGroup])]);
}

/** A list's file; what is wrong in it stands in `refused`. */
export async function readDeviceList(
  file: string,
  format: string | null,
): Promise<Outcome<Awaited<ReturnType<typeof parseDeviceList>>>> {
  const bytes = await readFileBytes(file, largestListBytes);
  return bytes.ok ? ok(await parseDeviceList(bytes.value, file, format)) : bytes;
}

const keyOf = ({ address, port }: { address: string; port: number | null }): string =>
  `${address.toLowerCase()} ${port ?? 22}`;

/**
 * B10: devices for typed addresses, blocks, ranges and a list's file. Those that exist are taken as they are; the
 * others are added, unassigned.
 */
export async function devicesForAddresses(
  context: CommandContext,
  server: Server,
  words: readonly string[],
  file: string | undefined,
): Promise<Outcome<readonly Device[]>> {
  const wanted: ImportedDevice[] = [];
  for (const word of words.flatMap((one) => one.split(',')).filter((one) => one.trim() !== '')) {
    const endpoints = parseAddressWord(word);
    if (!endpoints.ok) return endpoints;
    for (const { address, port, user } of endpoints.value)
      wanted.push({
        line: 0,
        name: address,
        address,
        port,
        user,
        jumpHost: null,
        groupPath: null,
        platform: 'linux',
      });
  }
  if (file !== undefined) {
    const list = await readDeviceList(file, null);
    if (!list.ok) return list;
    for (const { line, failure } of list.value.refused)
      context.output.note(`${file}:${line}: ${context.explain(failure).message}`);
    // A target list with a line that cannot be read is not the list that was meant.
    const first = list.value.refused[0];
    if (first !== undefined) return { ok: false, failure: first.failure };
    wanted.push(...list.value.devices);
  }
  const known = new Map(server.snapshot.collections.devices.map((device) => [keyOf(device), device]));
  const unknown = wanted.filter((device) => !known.has(keyOf(device)));
  if (unknown.length > 0) {
    const saved = await server.call('saveDevices', {
      devices: unknown.map((device) => newDeviceOf(device, null)),
    });
    if (!saved.ok) return saved;
    const refused = saved.value.refused[0];
    if (refused !== undefined) return { ok: false, failure: refused.failure };
    for (const device of [...saved.value.added, ...saved.value.updated]) known.set(keyOf(device), device);
  }
  const found = wanted.map((device) => known.get(keyOf(device)));
  return found.every((device) => device !== undefined)
    ? ok([...new Set(found)])
    : failed('server.internal', {});
}
