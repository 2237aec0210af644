import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';
import { openLab, whyNoLab } from './lab.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the run's lab, or null when this machine cannot have one. */
    haifuLab: string | null;
  }
}

const debDevices = 17;
const rpmDevices = 3;

/**
 * Brings up the lab that the lab tests share: d001 to d017 with dpkg, d018 to d020 with rpm.
 * `HAIFU_LAB` names the folder of a lab to keep between runs; without it the lab ends with the run.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  await installTools();
  const reason = await whyNoLab();
  project.provide('haifuLab', null);
  if (reason !== null) {
    if (process.env.CI) throw new Error(`The device lab cannot run here: ${reason}`);
    process.stderr.write(`The tests on lab devices are left out: ${reason}.\n`);
    return;
  }
  const kept = process.env.HAIFU_LAB;
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'haifu-lab-')));
  const lab = openLab(folder, kept === undefined ? process.pid : undefined);
  if ((await lab.inventory()).devices.length === 0) {
    await lab.start(debDevices, 'deb');
    await lab.start(rpmDevices, 'rpm');
  }
  project.provide('haifuLab', folder);
  if (kept !== undefined) return;
  return async () => {
    await lab.down();
    await rm(folder, { recursive: true, force: true });
  };
}

/** As root on Debian the lab's packages are installed; elsewhere `whyNoLab` says what is missing. */
async function installTools(): Promise<void> {
  const script = fileURLToPath(new URL('installTools.sh', import.meta.url));
  const debian = await execa('test', ['-f', '/etc/debian_version'], { reject: false });
  if (process.getuid?.() !== 0 || debian.exitCode !== 0) return;
  await execa(script, { stdin: 'ignore', stdout: 'ignore', stderr: 'inherit', reject: false });
}
