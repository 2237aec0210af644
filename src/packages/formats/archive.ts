import type { InstallationPackage } from '../../domain/model.ts';
import { nameFromFile } from '../nameFromFile.ts';
import type { DistributionPackage, PackageFormat, PackageSource } from '../packageFormat.ts';
import { commandLines } from '../planText.ts';
import { createListingCheck, unpackedLimit } from '../readers/archivePaths.ts';
import { type Compression, decompress } from '../readers/decompress.ts';
import { kindOf } from '../readers/magic.ts';
import { checkedLine, checkedName, chunksOf, reading, unreadable } from '../readers/reading.ts';
import { readTar } from '../readers/tar.ts';
import { readZip } from '../readers/zip.ts';

type Container = 'gzip' | 'xz' | 'zstd' | 'zip';
const containers: readonly Container[] = ['gzip', 'xz', 'zstd', 'zip'];
const isContainer = (kind: string): kind is Container => containers.includes(kind as Container);

/**
 * .tar.gz, .tar.xz, .tar.zst and .zip: unpacked into the private working folder, where the package's install
 * command runs. The listing was checked when the package was made, and the device runs only what has its hash.
 */
export const archive: PackageFormat = {
  id: 'archive',
  needsCommand: true,
  defaultExitCodes: { '0': 'success' },
  matches: (_fileName, head) => isContainer(kindOf(head)),
  read: (source) => reading(source, () => readArchive(source)),
  defaultDetection: () => ({ kind: 'receipt' }),
  plan(installationPackage) {
    const { unpack, tools } = unpackers[containerOfName(installationPackage)];
    return {
      script: `{ ${unpack}; } || exit ${unpackFailedCode}\n${commandLines(installationPackage)}`,
      environment: {},
      tools,
    };
  },
};

/** EX_IOERR of sysexits.h. */
const unpackFailedCode = 74;

interface Unpacker {
  readonly unpack: string;
  readonly tools: readonly (readonly string[])[];
}

/** -o: nothing belongs to the archive's owners; GNU, BSD and busybox tar know it. */
const tar = (compression: string, tool: string): Unpacker => ({
  unpack: `${compression} < "$HAIFU_PACKAGE" | tar -x -o -f -`,
  tools: [['tar'], [tool]],
});

const unpackers: Readonly<Record<Container, Unpacker>> = {
  gzip: tar('gzip -d -c', 'gzip'),
  xz: tar('xz -d -c', 'xz'),
  zstd: tar('zstd -d -c -q', 'zstd'),
  zip: {
    unpack: `if command -v unzip >/dev/null 2>&1; then unzip -q -o "$HAIFU_PACKAGE"
elif command -v bsdtar >/dev/null 2>&1; then bsdtar -x -o -f "$HAIFU_PACKAGE"
else python3 -m zipfile -e "$HAIFU_PACKAGE" .; fi </dev/null`,
    tools: [['unzip', 'bsdtar', 'python3']],
  },
};

/** The reader has refused a file whose bytes are not what its name says. */
function containerOfName({ content }: InstallationPackage): Container {
  const name = content.fileName.toLowerCase();
  if (name.endsWith('.zip')) return 'zip';
  if (/\.(tar\.zst|tzst)$/.test(name)) return 'zstd';
  return /\.(tar\.xz|txz)$/.test(name) ? 'xz' : 'gzip';
}

async function readArchive(source: PackageSource): Promise<DistributionPackage> {
  const kind = kindOf(await source.read(0, 512));
  if (!isContainer(kind)) throw unreadable('damaged');
  const limitBytes = unpackedLimit(source.sizeBytes);
  const check = createListingCheck(limitBytes);
  if (kind === 'zip') for await (const entry of readZip(source)) check.add(entry);
  else await checkTar(source, kind, limitBytes, check.add);
  check.finish();
  const { name, version, architecture } = nameFromFile(source.fileName);
  return {
    format: 'archive',
    name: checkedName(name, 214),
    version: checkedLine(version, 256),
    platform: 'linux',
    architecture,
    dependencies: [],
  };
}

async function checkTar(
  source: PackageSource,
  compression: Compression,
  limitBytes: number,
  add: ReturnType<typeof createListingCheck>['add'],
): Promise<void> {
  const unpacked = decompress(compression, chunksOf(source, 0, source.sizeBytes), limitBytes);
  for await (const { entry } of readTar(unpacked)) add(entry);
}
