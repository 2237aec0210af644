import type { DeviceFacts } from '../domain/model.ts';
import { type ReportLine, reportedValue } from './report.ts';

/** Reads the identity lines of a probe: os-release(5) and uname. */
export function parseFacts(lines: readonly ReportLine[]): Omit<DeviceFacts, 'seenAt'> {
  const release = new Map(
    lines.filter((line) => line.key === 'os').map((line) => splitAssignment(line.value)),
  );
  const boot = reportedValue(lines, 'boot');
  return {
    osName: release.get('PRETTY_NAME') || reportedValue(lines, 'system') || '',
    osFamily: familyOf(
      `${release.get('ID') ?? ''} ${release.get('ID_LIKE') ?? ''}`.split(/\s+/),
      lines.filter((line) => line.key === 'family').map((line) => line.value),
    ),
    architecture: (reportedValue(lines, 'architecture') ?? '').slice(0, 64),
    bootId: boot === null || boot === '-' ? null : boot.slice(0, 64),
  };
}

function splitAssignment(line: string): [string, string] {
  const at = line.indexOf('=');
  const value = line.slice(at + 1).trim();
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(value);
  return [line.slice(0, at), (quoted?.[1] ?? quoted?.[2] ?? value).replace(/\\(["$`\\])/g, '$1')];
}

const debianIds = new Set(['debian', 'ubuntu', 'raspbian', 'linuxmint']);
const rpmIds = new Set(
  'fedora rhel centos rocky almalinux ol amzn suse opensuse sles sled mageia openEuler azurelinux photon'.split(
    ' ',
  ),
);

/** The names first; a distribution that nobody knows is judged by the one package tool it has. */
function familyOf(ids: readonly string[], tools: readonly string[]): DeviceFacts['osFamily'] {
  if (ids.some((id) => debianIds.has(id))) return 'debian';
  if (ids.some((id) => rpmIds.has(id) || id.startsWith('opensuse'))) return 'rpm';
  if (tools.length === 1) return tools[0] === 'dpkg' ? 'debian' : 'rpm';
  return 'other';
}
