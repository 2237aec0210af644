import type { Architecture } from '../../domain/model.ts';
import { nameFromFile } from '../nameFromFile.ts';
import type { PackageFormat, PackageSource } from '../packageFormat.ts';
import { commandLines, setParameters } from '../planText.ts';
import { kindOf } from '../readers/magic.ts';
import { checkedLine, checkedName, readExactly, reading } from '../readers/reading.ts';

/** .sh and .run: a script with its interpreter in the first line, or a program that unpacks itself. */
export const script: PackageFormat = {
  id: 'script',
  needsCommand: false,
  defaultExitCodes: { '0': 'success' },
  matches: (_fileName, head) => kindOf(head) === 'script' || kindOf(head) === 'ELF',
  read: (source) =>
    reading(source, async () => {
      const { name, version, architecture } = nameFromFile(source.fileName);
      return {
        format: 'script',
        name: checkedName(name, 214),
        version: checkedLine(version, 256),
        platform: 'linux' as const,
        architecture: (await machineOf(source)) ?? architecture,
        dependencies: [],
      };
    }),
  defaultDetection: () => ({ kind: 'receipt' }),
  plan: (installationPackage) => ({
    script:
      installationPackage.command === null
        ? `${setParameters(installationPackage)}${runIt}`
        : commandLines(installationPackage),
    environment: {},
    tools: [],
  }),
};

/** The interpreter is called by name, since the folder's file system may be mounted noexec. */
const runIt = `
LC_ALL=C read -r first < "$HAIFU_PACKAGE" 2>/dev/null
case $first in
  '#!'*) set -f; exec \${first#'#!'} "$HAIFU_PACKAGE" "$@" ;;
esac
exec "$HAIFU_PACKAGE" "$@"
`;

/** e_machine of the ELF header (elf.h); every architecture here but s390x is little-endian. */
const machines: Readonly<Record<number, Architecture>> = {
  3: 'i386',
  21: 'ppc64el',
  22: 's390x',
  40: 'armhf',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
};

async function machineOf(source: PackageSource): Promise<Architecture | null> {
  if (kindOf(await source.read(0, 4)) !== 'ELF') return null;
  const header = await readExactly(source, 0, 64);
  const machine = header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
  return machines[machine] ?? null;
}
