import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** True while the process is there and no zombie that nobody has collected. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/**
 * Waits for the end of a process that is not our child: the system tells nobody but its parent, so it is asked now
 * and then. False when it is still there after `limitMs`.
 */
export async function waitForEnd(pid: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await setTimeout(50);
  }
  return true;
}
