import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoRole } from './fleetPlan.ts';

/** Programs that a demo device finds before the machine's own: nothing outside its folder is touched. */
const ownPrograms: Readonly<Record<string, string>> = {
  reboot: '#!/bin/sh\necho now >"$HAIFU_DEMO_ROOT/run/reboot-request"\n',
  shutdown: '#!/bin/sh\necho now >"$HAIFU_DEMO_ROOT/run/reboot-request"\n',
  // Nobody is logged in on a demo device: the jump host's own users are not to be disturbed.
  who: '#!/bin/sh\nexit 0\n',
  'needs-restarting': '#!/bin/sh\nexit 0\n',
};

export const rebootRequest = (folder: string): string => join(folder, 'run', 'reboot-request');

/** Makes the folder that is a demo device's whole world. */
export async function makeDeviceFolder(folder: string, role: DemoRole): Promise<void> {
  await Promise.all(
    ['bin', 'etc', 'home', 'run', 'opt'].map((name) => mkdir(join(folder, name), { recursive: true })),
  );
  for (const [name, text] of Object.entries(ownPrograms)) {
    await writeFile(join(folder, 'bin', name), text);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  if (role === 'failsTwice') await writeFile(join(folder, 'etc', 'failures-left'), '2\n');
  if (role === 'wantsRestart') await writeFile(join(folder, 'etc', 'wants-restart'), '');
  await newBootId(folder);
}

export async function newBootId(folder: string): Promise<void> {
  await writeFile(join(folder, 'run', 'boot_id'), `${randomUUID()}\n`);
}

/** The environment of a login on the demo device: the job's scripts find their places in it. */
export function deviceEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: `${join(folder, 'bin')}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: join(folder, 'home'),
    USER: 'deploy',
    LOGNAME: 'deploy',
    LANG: 'C.UTF-8',
    HAIFU_STATE_DIR: join(folder, 'state'),
    HAIFU_RUN_DIR: join(folder, 'run'),
    HAIFU_BIN_DIR: join(folder, 'bin'),
    HAIFU_BOOT_ID_FILE: join(folder, 'run', 'boot_id'),
    HAIFU_DEMO_ROOT: folder,
  };
}

/** Ends every process that was started on the demo device, as a loss of power does. Found by its environment. */
export async function endProcesses(folder: string): Promise<void> {
  const mark = `HAIFU_DEMO_ROOT=${folder}\0`;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    if (environment.includes(mark)) endProcess(Number(pid));
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended meanwhile
  }
}
