import type { AttemptOrder } from '../../delivery/deliveryMethod.ts';
import { accountOrder } from '../../domain/accountOrder.ts';
import { isInstallerStarted } from '../../domain/attempt.ts';
import type { Outcome } from '../../domain/failure.ts';
import { withLicenseParameters } from '../../domain/licenseDelivery.ts';
import type { Device, InstallationPackage, RemoteInstallationTask, RunDevice } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { accountsWithSecrets } from './accountSecrets.ts';
import type { EngineParts } from './engineParts.ts';
import { licenseWithKey } from './licenseKeys.ts';
import type { DeviceRecord } from './runRows.ts';

/** The schema's smallest limit: a share is never less. */
const leastBandwidth = 1024;

export interface OrderSubject {
  readonly runId: string;
  readonly deviceCount: number;
  readonly task: RemoteInstallationTask;
  readonly installationPackage: InstallationPackage;
  readonly device: Device;
  readonly row: RunDevice;
  readonly record: Omit<DeviceRecord, 'cancel'>;
}

/** Everything that a worker needs for one attempt, as the model is now; the package as its run was started with. */
export function attemptOrder(parts: EngineParts, subject: OrderSubject): Outcome<AttemptOrder> {
  const { task, device, row, installationPackage, record } = subject;
  const { settings } = task;
  const model = parts.store.model;
  const licenseId = parts.licenses.heldBy(device.id);
  const license =
    licenseId === null ? ok(null) : licenseWithKey(model, parts.vault, licenseId, installationPackage);
  if (!license.ok) return license;
  const lastAccountId = parts.findings.lastAccountOf(device);
  const accounts = accountsWithSecrets(
    model,
    parts.vault,
    accountOrder(settings.accountIds, { lastAccountId }),
  );
  if (!accounts.ok) return accounts;
  const { name, address, port, user, jumpHost } = device;
  const total = settings.bandwidthBytesPerSecond;
  const sharers = Math.min(settings.concurrency, subject.deviceCount);
  return ok({
    runId: subject.runId,
    deviceId: device.id,
    attemptId: row.attemptId!,
    device: { name, address, port, user, jumpHost },
    accounts: accounts.value,
    refusedAccountIds: record.refusedAccountIds,
    trust: {
      policy: settings.hostKeyPolicy,
      pins: parts.hostKeys.of(device),
      knownHostsFiles: parts.knownHostsFiles,
    },
    installationPackage:
      license.value === null ? installationPackage : withLicenseParameters(installationPackage),
    license: license.value,
    contentPath: parts.contentPath(installationPackage.content.sha256),
    skipIfInstalled: settings.skipIfInstalled,
    verifyPlatform: settings.verifyPlatform,
    restart: settings.restart,
    bandwidthBytesPerSecond:
      total === null ? null : Math.max(leastBandwidth, Math.floor(total / Math.max(1, sharers))),
    resume: record.resume,
    ...knownOfRoot(row, record),
    ...(isInstallerStarted(row.state) && row.accountId !== null && { installerAccountId: row.accountId }),
  });
}

/** B50. Where the installer was started its password was right: a line that is lost says nothing about it. */
function knownOfRoot(row: RunDevice, record: Pick<DeviceRecord, 'isRootPasswordUnanswered'>) {
  if (isInstallerStarted(row.state)) return { rootPassword: 'proven' } as const;
  return record.isRootPasswordUnanswered ? ({ rootPassword: 'unanswered' } as const) : {};
}
