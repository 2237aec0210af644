import { randomBytes } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const name = 'morning-report-2.4.1';
const payloadBytes = 3 * 1024 * 1024;

/** Packs data/demo/morning-report and 3 MiB of bytes that do not compress; resolves with the archive's path. */
export async function packDemoPackage(folder: string): Promise<string> {
  const unpacked = join(folder, name);
  await mkdir(unpacked, { recursive: true });
  await cp(fileURLToPath(new URL('../data/demo/morning-report', import.meta.url)), unpacked, {
    recursive: true,
  });
  await writeFile(join(unpacked, 'data.bin'), randomBytes(payloadBytes));
  const archive = join(folder, `${name}.tar.gz`);
  await execa('tar', ['-C', folder, '-czf', archive, name]);
  return archive;
}

/** How the archive is installed: its own script, from the folder inside. */
export const demoInstallCommand = `cd ${name} && ./install.sh`;
