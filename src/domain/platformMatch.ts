import { type Failure, failure } from './failure.ts';
import type { Architecture, DeviceFacts, InstallationPackage, Platform } from './model.ts';

/** The names of each architecture: Debian's, of uname -m, of rpm and of file names. */
const architectureNames: readonly (readonly [RegExp, Architecture])[] = [
  [/^(amd64|x86_64|x64)$/, 'amd64'],
  [/^(arm64|aarch64)$/, 'arm64'],
  [/^(armhf|armv7.*|armv8l|armv6hl)$/, 'armhf'],
  [/^(i[3-6]86|x86|ia32)$/, 'i386'],
  [/^(ppc64el|ppc64le)$/, 'ppc64el'],
  [/^s390x$/, 's390x'],
  [/^riscv64$/, 'riscv64'],
  [/^(all|noarch|any)$/, 'all'],
];

/** Debian's word for an architecture; null for one that no package here can be for. */
export const normaliseArchitecture = (name: string): Architecture | null =>
  architectureNames.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null;

/** Families of Linux that alone can install a format. */
const familyOfFormat: Readonly<Record<string, DeviceFacts['osFamily']>> = { deb: 'debian', rpm: 'rpm' };

type Wanted = Pick<InstallationPackage, 'platform' | 'architecture' | 'format'>;
type Facts = Pick<DeviceFacts, 'osName' | 'osFamily' | 'architecture'>;

/** B35: why the package is not for this device, or null when it is. */
export function platformMismatch(wanted: Wanted, facts: Facts): Failure | null {
  const family = familyOfFormat[wanted.format];
  if (wanted.platform !== platformOf(facts.osName))
    return failure('check.platformMismatch', { package: wanted.platform, device: facts.osName });
  if (family !== undefined && facts.osFamily !== family)
    return failure('check.platformMismatch', { package: wanted.format, device: facts.osName });
  if (isRunnable(wanted, facts.architecture)) return null;
  return failure('check.architectureMismatch', { package: wanted.architecture, device: facts.architecture });
}

/** A system that is neither of the others is Linux: its os-release names the distribution. */
const platformOf = (osName: string): Platform =>
  /^(Darwin|macOS|Mac OS)/i.test(osName) ? 'macos' : /windows/i.test(osName) ? 'windows' : 'linux';

/** A device that does not say what it is gets the benefit of the doubt: its installer will refuse. */
function isRunnable({ architecture, format }: Wanted, device: string): boolean {
  const actual = normaliseArchitecture(device);
  if (architecture === 'all' || device === '' || actual === architecture) return true;
  // dpkg needs a foreign architecture to be added first; rpm and plain programs do not.
  return format !== 'deb' && actual === 'amd64' && architecture === 'i386';
}
