import { type Failure, failure } from '../../../domain/failure.ts';
import { type DeviceProbe, detectionQueryOf } from '../../../job/jobTypes.ts';
import type { InstallPlan } from '../../../packages/packageFormat.ts';
import { decideCheck } from '../../checkDecision.ts';
import type { ReadinessOrder, ReadinessReport, SeenHostKey } from '../../deliveryMethod.ts';
import { withinLimit } from '../../sessionKeeper.ts';
import { stageLimitMs } from '../../timeLimits.ts';
import { type LoginLimits, usualLimits } from './login.ts';
import { scanHostKey } from './scanHostKey.ts';
import { createSshOpener, openDeviceStream } from './sshSession.ts';

type Port = ReadinessReport['port'];

/** B3: names exactly what is closed. A port whose server answers anything at all is open. */
const portOf: Partial<Record<Failure['code'], Port>> = {
  'device.nameNotResolved': 'unresolved',
  'device.refused': 'closed',
  'device.timedOut': 'filtered',
  'device.unreachable': 'filtered',
};

const unreached: ReadinessReport = {
  port: 'open',
  accountId: null,
  isRoot: false,
  facts: null,
  freeBytes: null,
  installedVersion: null,
  isInstalled: null,
  failure: null,
};

/**
 * Asks a device what an installation would meet, and writes nothing to it. Without accounts only its host key is
 * read: no credential exists that could be sent.
 */
export async function checkReadiness(
  order: ReadinessOrder,
  plan: InstallPlan | null,
  signal: AbortSignal,
  limits: LoginLimits = usualLimits,
): Promise<{ report: ReadinessReport; hostKeys: readonly SeenHostKey[] }> {
  const hostKeys: SeenHostKey[] = [];
  const onHostKey = async (key: SeenHostKey): Promise<void> => {
    hostKeys.push(key);
  };
  const refuse = (reason: Failure) => ({
    report: { ...unreached, port: portOf[reason.code] ?? 'open', failure: reason },
    hostKeys,
  });
  const { device, accounts, trust } = order;

  if (accounts.length === 0) {
    const stream = { device, accounts, trust, limits, onHostKey };
    const scanned = await scanHostKey({
      address: device.address,
      port: device.port ?? 22,
      trust,
      limits,
      signal,
      openStream: () => openDeviceStream(stream, signal),
      onHostKey,
    });
    return refuse(scanned.ok ? failure('account.none', {}, { stage: 'connect' }) : scanned.failure);
  }
  const opener = createSshOpener({
    device,
    accounts,
    refusedAccountIds: [],
    trust,
    limits,
    onHostKey,
    onAccount: () => {},
  });
  const session = await opener.open(signal);
  if (!session.ok) return refuse(session.failure);
  try {
    const { installationPackage } = order;
    const asked = session.value.probe({
      tools: Array.from(new Set(plan?.tools.flat() ?? [])),
      detection: installationPackage === null ? null : detectionQueryOf(installationPackage),
      content: null,
      attemptId: null,
    });
    const overAt = performance.now() + stageLimitMs.readiness;
    const probe = await withinLimit(asked, overAt, () => session.value.close());
    const { accountId } = session.value;
    if (!probe.ok) return { report: { ...unreached, accountId, failure: probe.failure }, hostKeys };
    return { report: reportOf(order, plan, probe.value, accountId), hostKeys };
  } finally {
    session.value.close();
  }
}

function reportOf(
  { installationPackage }: ReadinessOrder,
  plan: InstallPlan | null,
  probe: DeviceProbe,
  accountId: string,
): ReadinessReport {
  const decision =
    installationPackage === null || plan === null
      ? null
      : decideCheck({ probe, installationPackage, plan, skipIfInstalled: true, verifyPlatform: true });
  return {
    port: 'open',
    accountId,
    isRoot: probe.uid === 0,
    facts: probe.facts,
    freeBytes: probe.freeBytes,
    installedVersion: probe.detection?.installedVersion ?? null,
    isInstalled: isInstalled(probe),
    failure: decision === null || decision.kind === 'install' ? null : decision.failure,
  };
}

const isInstalled = ({ detection }: DeviceProbe): boolean | null =>
  detection === null || detection.state === 'unknown' ? null : detection.state === 'present';
