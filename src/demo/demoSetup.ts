import type { Connection } from '../client/connection.ts';
import { FailureError, type Outcome } from '../domain/failure.ts';
import type { InstallationPackage } from '../domain/model.ts';
import { demoInstallCommand } from './demoPackage.ts';
import { type DemoDevice, demoAccounts } from './fleetPlan.ts';
import type { Fleet } from './fleetProcess.ts';

export interface DemoObjects {
  readonly package: InstallationPackage;
  readonly deviceIds: readonly string[];
  readonly accountIds: readonly string[];
}

/**
 * What an administrator would do before the first installation: package, accounts, devices, host keys reviewed.
 * Throws a FailureError: on a fresh server none of this fails.
 */
export async function setUpDemo(
  connection: Connection,
  fleet: Fleet,
  devices: readonly DemoDevice[],
  archive: string,
): Promise<DemoObjects> {
  const added = must(
    await connection.call('addInstallationPackage', {
      path: archive,
      command: demoInstallCommand,
      exitCodes: { '0': 'success', '100': 'successRestart' },
    }),
  );
  const accountIds: string[] = [];
  for (const account of demoAccounts) {
    const saved = await connection.call('addAccount', {
      ...account,
      kind: 'password',
      become: 'none',
      privateKey: null,
      publicKey: null,
      passphrase: null,
      becomePassword: null,
      agentSocket: null,
    });
    accountIds.push(must(saved).account.id);
  }
  const saved = must(
    await connection.call('saveDevices', {
      devices: devices.map(({ name, address, groupPath }) => ({
        name,
        address,
        port: fleet.port,
        user: null,
        platform: 'linux',
        jumpHost: null,
        groupPath,
      })),
    }),
  );
  const deviceIds = saved.added.map(({ id }) => id);
  const scanned = must(await connection.call('scanHostKeys', { deviceIds }));
  must(await connection.call('trustHostKeys', { ids: scanned.keys.map(({ id }) => id) }));
  await fleet.changeHostKeys();
  return { package: added.package, deviceIds, accountIds };
}

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new FailureError(outcome.failure);
  return outcome.value;
}
