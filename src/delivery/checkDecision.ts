import { type Failure, failure } from '../domain/failure.ts';
import type { InstallationPackage } from '../domain/model.ts';
import { platformMismatch } from '../domain/platformMatch.ts';
import type { DeviceProbe } from '../job/jobTypes.ts';
import type { InstallPlan } from '../packages/packageFormat.ts';

/** Beside twice the package: room for the installer's own needs. */
const marginBytes = 16 * 1024 * 1024;

export interface CheckQuestion {
  readonly probe: DeviceProbe;
  readonly installationPackage: InstallationPackage;
  readonly plan: InstallPlan;
  readonly skipIfInstalled: boolean;
  readonly verifyPlatform: boolean;
}

export type CheckDecision =
  | { readonly kind: 'install' }
  | { readonly kind: 'skip' | 'refuse'; readonly failure: Failure };

const install: CheckDecision = { kind: 'install' };
type Check = (question: CheckQuestion) => CheckDecision;
const refuse = (...[code, params]: Parameters<typeof failure>): CheckDecision => ({
  kind: 'refuse',
  failure: failure(code, params, { stage: 'check' }),
});

/** B35, B91: in this order, the first reason wins. */
const checks: readonly Check[] = [
  ({ probe, installationPackage, verifyPlatform }) => {
    const mismatch = verifyPlatform ? platformMismatch(installationPackage, probe.facts) : null;
    return mismatch === null ? install : { kind: 'skip', failure: { ...mismatch, stage: 'check' } };
  },
  ({ probe, skipIfInstalled, installationPackage }) => {
    if (!skipIfInstalled || probe.detection?.state !== 'present') return install;
    const version = probe.detection.installedVersion ?? installationPackage.version;
    return { kind: 'skip', failure: failure('check.alreadyInstalled', { version }, { stage: 'check' }) };
  },
  ({ probe }) =>
    probe.stateDirectoryIs === 'writable'
      ? install
      : refuse('check.readOnly', { path: probe.stateDirectory }),
  ({ probe, installationPackage }) => {
    const { sizeBytes } = installationPackage.content;
    const there = probe.content?.kind === 'complete' ? sizeBytes : (probe.content?.bytes ?? 0);
    const neededBytes = 2 * sizeBytes - there + marginBytes;
    return probe.freeBytes === null || probe.freeBytes >= neededBytes
      ? install
      : refuse('check.diskFull', { freeBytes: probe.freeBytes, neededBytes });
  },
  ({ probe, plan }) => {
    const missing = plan.tools.find((any) => !any.some((tool) => probe.tools.includes(tool)));
    return missing === undefined ? install : refuse('check.toolMissing', { tool: missing.join(' / ') });
  },
  ({ probe, installationPackage }) =>
    probe.isPackageManagerBroken && installationPackage.format === 'deb'
      ? refuse('check.packageManagerBroken')
      : install,
];

/** What the probe means for this package: install, skip (B80), or refuse before anything is touched. */
export function decideCheck(question: CheckQuestion): CheckDecision {
  for (const check of checks) {
    const decision = check(question);
    if (decision.kind !== 'install') return decision;
  }
  return install;
}
