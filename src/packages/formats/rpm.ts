import { normaliseArchitecture } from '../../domain/platformMatch.ts';
import type { DistributionPackage, PackageFormat, PackageSource } from '../packageFormat.ts';
import { busyExitCode, commandLines, lockWaitSeconds, setParameters } from '../planText.ts';
import { kindOf } from '../readers/magic.ts';
import {
  checkedDependencies,
  checkedName,
  readExactly,
  reading,
  truncated,
  unreadable,
} from '../readers/reading.ts';
import { type RpmHeader, readRpmHeader } from '../readers/rpmHeader.ts';

/** rpm's tags, of lib/rpmtag.h. */
const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  architecture: 1022,
  requireFlags: 1048,
  requireName: 1049,
  requireVersion: 1050,
} as const;
/** In the signature header: bytes of header and payload together. */
const signatureTags = { size: 1000, longSize: 270 } as const;
const leadBytes = 96;

/** Red Hat's and SUSE's package. dnf and yum wait for locks by themselves; zypper is told to; so does rpm. */
export const rpm: PackageFormat = {
  id: 'rpm',
  needsCommand: false,
  // zypper's own: 102 a restart is needed, 103 zypper itself was updated.
  defaultExitCodes: {
    '0': 'success',
    [busyExitCode]: 'retryLater',
    '102': 'successRestart',
    '103': 'success',
  },
  matches: (_fileName, head) => kindOf(head) === 'rpm',
  read: (source) => reading(source, () => readRpm(source)),
  defaultDetection: ({ name, version }) => ({ kind: 'rpm', name, version }),
  plan: (installationPackage) => ({
    script:
      installationPackage.command === null
        ? `${setParameters(installationPackage)}${firstTool}`
        : commandLines(installationPackage),
    environment: { ZYPP_LOCK_TIMEOUT: String(lockWaitSeconds) },
    tools: [['dnf', 'yum', 'zypper', 'rpm']],
  }),
};

/** zypper's 7: the lock is still held. --replacepkgs: the same version again is no error, as with the others. */
const firstTool = `
if command -v dnf >/dev/null 2>&1; then exec dnf -y install "$@" "$HAIFU_PACKAGE"; fi
if command -v yum >/dev/null 2>&1; then exec yum -y install "$@" "$HAIFU_PACKAGE"; fi
if command -v zypper >/dev/null 2>&1; then
  zypper --non-interactive install --allow-unsigned-rpm "$@" "$HAIFU_PACKAGE"
  code=$?
  [ $code = 7 ] && exit ${busyExitCode}
  exit $code
fi
exec rpm -U --replacepkgs "$@" "$HAIFU_PACKAGE"
`;

async function readRpm(source: PackageSource): Promise<DistributionPackage> {
  const lead = await readExactly(source, 0, leadBytes);
  if (lead.readUInt16BE(6) === 1) throw unreadable('sourcePackage');
  const signature = await readRpmHeader(source, leadBytes);
  const start = Math.ceil(signature.end / 8) * 8;
  const header = await readRpmHeader(source, start);
  const size = signature.numbers(signatureTags.longSize)[0] ?? signature.numbers(signatureTags.size)[0];
  if (header.end >= source.sizeBytes || (size !== undefined && start + size > source.sizeBytes))
    throw truncated();
  const architecture = normaliseArchitecture(checkedName(header.text(tags.architecture), 64));
  if (architecture === null) throw unreadable('architecture');
  return {
    format: 'rpm',
    name: checkedName(header.text(tags.name), 214),
    version: versionOf(header),
    platform: 'linux',
    architecture,
    dependencies: checkedDependencies(requirementsOf(header)),
  };
}

/** `[epoch:]version-release`, as `rpm -q` and the detection rule write it. */
function versionOf(header: RpmHeader): string {
  const epoch = header.numbers(tags.epoch)[0] ?? 0;
  const version = `${checkedName(header.text(tags.version), 200)}-${checkedName(header.text(tags.release), 200)}`;
  return checkedName(epoch === 0 ? version : `${epoch}:${version}`, 256);
}

/** `rpmlib(…)` are demands on rpm itself. */
function requirementsOf(header: RpmHeader): string[] {
  const flags = header.numbers(tags.requireFlags);
  const versions = header.texts(tags.requireVersion);
  const written = header.texts(tags.requireName).map((name, index) => {
    const comparison = comparisonOf(flags[index] ?? 0);
    return comparison === '' ? name : `${name} ${comparison} ${versions[index] ?? ''}`;
  });
  return [...new Set(written.filter((one) => !one.startsWith('rpmlib(')))];
}

/** RPMSENSE_LESS, _GREATER and _EQUAL. */
const comparisonOf = (flags: number): string =>
  `${flags & 2 ? '<' : ''}${flags & 4 ? '>' : ''}${flags & 8 ? '=' : ''}`;
