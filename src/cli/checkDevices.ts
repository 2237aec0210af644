import type { Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import { accountsForTargets } from './accountChoice.ts';
import { findDevices } from './deviceOptions.ts';
import { findAccount, findAll, findPackage } from './lookup.ts';
import { missing } from './missing.ts';
import type { Server } from './onServer.ts';
import { type ExitStatus, exitStatuses } from './program/command.ts';
import type { CommandContext } from './program/context.ts';
import { readinessLines, readinessShape } from './readinessTable.ts';

interface CheckValues {
  readonly group: string | undefined;
  readonly account: readonly string[];
  readonly package: string | undefined;
  readonly 'host-key': string | undefined;
}

/** B3: asks the devices and writes nothing to them. 1 when any is not ready. */
export async function checkDevices(
  context: CommandContext,
  server: Server,
  words: readonly string[],
  values: CheckValues,
): Promise<Outcome<ExitStatus>> {
  const { snapshot } = server;
  const devices = findDevices(server, words, values.group);
  if (!devices.ok) return devices;
  if (words.length === 0 && values.group === undefined) return missing('devicesOrGroup');
  const named = findAll(
    values.account.flatMap((word) => word.split(',')),
    (word) => findAccount(snapshot, word),
  );
  if (!named.ok) return named;
  const targets = { kind: 'devices', deviceIds: devices.value.map(({ id }) => id) } as const;
  const chosenAccounts = values.account.length > 0 ? null : accountsForTargets(context, server, targets);
  // Without any the ports are still worth a look.
  const accountIds = chosenAccounts?.ok ? chosenAccounts.value.accountIds : named.value.map(({ id }) => id);
  const chosen = values.package === undefined ? null : findPackage(snapshot, values.package);
  if (chosen !== null && !chosen.ok) return chosen;
  const answer = await server.call('checkDevices', {
    deviceIds: devices.value.map(({ id }) => id),
    accountIds,
    packageId: chosen?.value.id ?? null,
    hostKeyPolicy: values['host-key'] === 'accept-new' ? 'acceptNew' : 'strict',
  });
  if (!answer.ok) return answer;
  const { rows } = answer.value;
  const byId = new Map(devices.value.map((device) => [device.id, device]));
  const names = new Map(snapshot.collections.accounts.map(({ id, name }) => [id, name]));
  context.output.json({ devices: rows.map((row) => readinessShape(context, row, byId)) });
  for (const line of readinessLines(context, rows, byId, names)) context.output.line(line);
  return ok(rows.some(({ failure }) => failure !== null) ? exitStatuses.incomplete : exitStatuses.good);
}
