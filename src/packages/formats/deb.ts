import { normaliseArchitecture } from '../../domain/platformMatch.ts';
import { plainDebSchema } from '../../domain/schema.ts';
import { aptOrDpkg, settleJournal } from '../debPlan.ts';
import type { DistributionPackage, PackageFormat, PackageSource } from '../packageFormat.ts';
import { busyExitCode, commandLines, lockFunctions, setParameters } from '../planText.ts';
import { type ArMember, readArMembers } from '../readers/ar.ts';
import { parseControlFile } from '../readers/controlFile.ts';
import { type Compression, decompress } from '../readers/decompress.ts';
import { kindOf } from '../readers/magic.ts';
import {
  checkedDependencies,
  checkedName,
  chunksOf,
  reading,
  tooLarge,
  truncated,
  unreadable,
} from '../readers/reading.ts';
import { readTar } from '../readers/tar.ts';

const packedControlLimit = 16 * 1024 * 1024;
const controlLimit = 64 * 1024 * 1024;
const controlFileLimit = 1024 * 1024;

const compressions: Readonly<Record<string, Compression>> = {
  'control.tar': 'none',
  'control.tar.gz': 'gzip',
  'control.tar.xz': 'xz',
  'control.tar.zst': 'zstd',
};

/**
 * Debian's package (deb(5)). Installed by apt-get, which fetches what the package depends on; without reachable
 * or present package lists that works as long as the dependencies are met. The device's own setting decides on
 * recommended packages: they are part of what its administrator calls a normal installation, and a parameter
 * (`--no-install-recommends`) leaves them out.
 */
export const deb: PackageFormat = {
  id: 'deb',
  needsCommand: false,
  defaultExitCodes: { '0': 'success', [busyExitCode]: 'retryLater' },
  matches: (_fileName, head) => kindOf(head) === 'deb',
  read: (source) => reading(source, () => readDeb(source)),
  defaultDetection: ({ name, version }) => ({ kind: 'dpkg', name, version }),
  plan: (installationPackage) => ({
    script:
      installationPackage.command === null
        ? `${lockFunctions}${settleJournal}${setParameters(installationPackage)}${aptOrDpkg(installationPackage)}`
        : `${settleJournal}${commandLines(installationPackage)}`,
    environment: {
      DEBIAN_FRONTEND: 'noninteractive',
      DEBIAN_PRIORITY: 'critical',
      APT_LISTCHANGES_FRONTEND: 'none',
      UCF_FORCE_CONFFOLD: '1',
    },
    tools: [['apt-get', 'dpkg']],
  }),
};

async function readDeb(source: PackageSource): Promise<DistributionPackage> {
  const members = await readArMembers(source);
  const control = members.find(({ name }) => compressions[name] !== undefined);
  if (control === undefined || !members.some(({ name }) => name.startsWith('data.tar')))
    throw members.length < 3 ? truncated() : unreadable('damaged');
  const fields = parseControlFile(await readControlFile(source, control));
  const architecture = normaliseArchitecture(checkedName(fields.get('architecture'), 64));
  if (architecture === null) throw unreadable('architecture');
  const name = checkedName(fields.get('package'), 214);
  const version = checkedName(fields.get('version'), 256);
  const relations = (...names: string[]): string[] =>
    checkedDependencies(names.flatMap((field) => (fields.get(field) ?? '').split(',')));
  const plain = plainDebSchema.safeParse({
    name,
    version,
    needs: relations('pre-depends', 'depends', 'recommends'),
  });
  const isPlain = plain.success && relations('conflicts', 'breaks').length === 0;
  return {
    format: 'deb',
    name,
    version,
    platform: 'linux',
    architecture,
    dependencies: relations('pre-depends', 'depends'),
    ...(isPlain ? { plainDeb: plain.data } : {}),
  };
}

async function readControlFile(source: PackageSource, member: ArMember): Promise<string> {
  if (member.sizeBytes > packedControlLimit) throw tooLarge(member.sizeBytes, packedControlLimit);
  const packed = chunksOf(source, member.offset, member.sizeBytes);
  const unpacked = decompress(compressions[member.name] ?? 'none', packed, controlLimit);
  for await (const { entry, content } of readTar(unpacked))
    if (entry.type === 'file' && entry.path.replace(/^\.?\//, '') === 'control')
      return (await content(controlFileLimit)).toString('utf8');
  throw unreadable('damaged');
}
