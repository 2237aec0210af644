import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';
import { buildBase, openLab, whyNoLab } from './lab.ts';

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
 * Without root, Debian or namespaces these tests are left out, in one line that says why; with `CI` set that fails.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  project.provide('haifuLab', null);
  const reason = await whyNotPrepared();
  if (reason !== null) {
    if (process.env.CI) throw new Error(`The device lab cannot run here: ${reason}`);
    process.stderr.write(`The tests on lab devices are left out: ${reason}.\n`);
    return;
  }
  const kept = process.env.HAIFU_LAB;
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'haifu-lab-')));
  const lab = openLab(folder, kept === undefined ? process.pid : undefined);
  const end = async () => {
    if (kept !== undefined) return;
    await lab.down();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if ((await lab.inventory()).devices.length === 0) {
      await lab.start(debDevices, 'deb');
      await lab.start(rpmDevices, 'rpm');
    }
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('haifuLab', folder);
  return end;
}

/** Installs and builds what the lab needs; answers what stands in the way, or null. */
async function whyNotPrepared(): Promise<string | null> {
  await installTools();
  const reason = await whyNoLab();
  if (reason !== null) return reason;
  const built = await Promise.all((['deb', 'rpm'] as const).map(buildBase));
  return built.every(Boolean) ? null : 'the base systems of its devices could not be built';
}

/** As root on Debian the lab's packages are installed; elsewhere `whyNoLab` says what is missing. */
async function installTools(): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const script = fileURLToPath(new URL('installTools.sh', import.meta.url));
  await execa(script, { stdin: 'ignore', stdout: 'ignore', stderr: 'inherit', reject: false });
}
