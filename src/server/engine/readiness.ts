import type { ReadinessReport } from '../../delivery/deliveryMethod.ts';
import { accountOrder } from '../../domain/accountOrder.ts';
import { chooseMethod } from '../../domain/deliveryChoice.ts';
import { type Failure, failed, failure, type Outcome } from '../../domain/failure.ts';
import type { Device, HostKey, InstallationPackage, TaskSettings } from '../../domain/model.ts';
import type { PlanRow, ReadinessRow } from '../../protocol/answers.ts';
import { ok } from '../../shared/result.ts';
import { accountsWithSecrets } from './accountSecrets.ts';
import type { EngineParts } from './engineParts.ts';
import { planLicense } from './licensePlan.ts';
import { pacedMap } from './pacedMap.ts';
import { managedElsewhere } from './startOf.ts';

/** Devices that are asked at once: a check is short, and sshd turns away bursts. */
const checksAtOnce = 20;

export interface CheckSettings {
  readonly delivery: TaskSettings['delivery'];
  readonly accountIds: readonly string[];
  readonly hostKeyPolicy: TaskSettings['hostKeyPolicy'];
  readonly installationPackage: InstallationPackage | null;
  readonly user: string;
}

type Checked = { readonly method: string | null; readonly report: Outcome<ReadinessReport> };

/** B3: asks one device; writes nothing to it. Keys that it shows are stored. */
async function checkDevice(parts: EngineParts, device: Device, settings: CheckSettings): Promise<Checked> {
  const method = chooseMethod(settings.delivery, device.platform, parts.deliveryMethods);
  if (method === null) return { method, report: failed('delivery.noMethod') };
  const accountIds = accountOrder(settings.accountIds, device);
  const accounts = accountsWithSecrets(parts.store.model, parts.vault, accountIds);
  if (!accounts.ok) return { method, report: accounts };
  const { name, address, port, user, jumpHost } = device;
  const { hostKeyPolicy: policy, installationPackage } = settings;
  const { knownHostsFiles } = parts;
  const checked = await parts.workers.check(method, {
    device: { name, address, port, user, jumpHost },
    accounts: accounts.value,
    trust: { policy, pins: parts.hostKeys.of(device), knownHostsFiles },
    installationPackage,
  });
  if (!checked.ok) return { method, report: checked };
  const { report, hostKeys } = checked.value;
  const stored = await Promise.all(hostKeys.map((key) => parts.recordHostKey(key, settings.user)));
  if (report.facts) parts.findings.factsSeen(device.id, { ...report.facts, seenAt: parts.clock.now() });
  if (report.accountId) parts.findings.accountWorked(device.id, report.accountId);
  return { method, report: stored.find((outcome) => !outcome.ok) ? failed('store.writeFailed') : ok(report) };
}

/** The readiness of devices, in their order. */
export const checkDevices = (
  parts: EngineParts,
  devices: readonly Device[],
  settings: CheckSettings,
): Promise<ReadinessRow[]> =>
  pacedMap(devices, checksAtOnce, async (device) =>
    rowOf(device, await checkDevice(parts, device, settings)),
  );

/** B91: what a run of a task with these settings would do to each device, and why. */
export async function planDevices(
  parts: EngineParts,
  devices: readonly Device[],
  settings: TaskSettings,
  installationPackage: InstallationPackage,
  user: string,
): Promise<PlanRow[]> {
  const rows = await planAttempts(parts, devices, settings, installationPackage, user);
  return planLicense(rows, parts, settings, installationPackage);
}

const planAttempts = (
  parts: EngineParts,
  devices: readonly Device[],
  settings: TaskSettings,
  installationPackage: InstallationPackage,
  user: string,
): Promise<PlanRow[]> =>
  pacedMap(devices, checksAtOnce, async (device) => {
    const elsewhere = managedElsewhere(device, settings);
    if (elsewhere) {
      const row = rowOf(device, { method: null, report: { ok: false, failure: elsewhere } });
      return { ...row, method: null, attempts: 0, action: 'skip' };
    }
    const checked = await checkDevice(parts, device, { ...settings, installationPackage, user });
    const row = rowOf(device, checked);
    const reason = blockingReason(row, settings);
    const action = reason !== null ? 'blocked' : isSkipped(row, settings) ? 'skip' : 'install';
    const skipped =
      action === 'skip'
        ? failure(
            'check.alreadyInstalled',
            row.installedVersion === null ? {} : { version: row.installedVersion },
          )
        : null;
    return { ...row, failure: reason ?? skipped, method: checked.method, attempts: 0, action };
  });

/** Stored keys of these devices after each was contacted once without an account. */
export async function scanHostKeys(
  parts: EngineParts,
  devices: readonly Device[],
  user: string,
): Promise<HostKey[]> {
  const delivery = { networkAgent: false, sharedFoldersServer: true, sharedFoldersDistributionPoints: false };
  await checkDevices(parts, devices, {
    delivery,
    accountIds: [],
    hostKeyPolicy: 'strict',
    installationPackage: null,
    user,
  });
  const keys = new Map(devices.flatMap((device) => parts.hostKeys.of(device)).map((key) => [key.id, key]));
  return [...keys.values()];
}

const isSkipped = (row: ReadinessRow, settings: TaskSettings): boolean =>
  settings.skipIfInstalled && row.isInstalled === true;

function blockingReason({ failure: reason }: ReadinessRow, settings: TaskSettings): Failure | null {
  const isPlatform =
    reason?.code === 'check.platformMismatch' || reason?.code === 'check.architectureMismatch';
  const isInstalled = reason?.code === 'check.alreadyInstalled';
  return isInstalled || (isPlatform && !settings.verifyPlatform) ? null : reason;
}

function rowOf(device: Device, { report }: Checked): ReadinessRow {
  if (!report.ok) {
    return {
      deviceId: device.id,
      port: 'unresolved',
      accountId: null,
      isRoot: false,
      osName: null,
      architecture: null,
      freeBytes: null,
      isInstalled: null,
      installedVersion: null,
      failure: report.failure,
    };
  }
  const { facts, port, accountId, isRoot, freeBytes, isInstalled, installedVersion } = report.value;
  return {
    deviceId: device.id,
    port,
    accountId,
    isRoot,
    osName: facts?.osName ?? null,
    architecture: facts?.architecture ?? null,
    freeBytes,
    isInstalled,
    installedVersion,
    failure: report.value.failure,
  };
}
