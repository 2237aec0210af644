import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Names one process for good: pids come back, together with the boot and the start time they do not. */
export const processMarkSchema = z.object({
  pid: z.int().min(1),
  bootId: z.string(),
  /** In clock ticks since the boot, proc(5) `starttime`. */
  startTime: z.string(),
});
export type ProcessMark = z.infer<typeof processMarkSchema>;

const readOrEmpty = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

export async function describeProcess(pid: number): Promise<ProcessMark> {
  const bootId = (await readOrEmpty('/proc/sys/kernel/random/boot_id')).trim();
  const stat = await readOrEmpty(`/proc/${pid}/stat`);
  // The command's name, in parentheses, may hold blanks: the state and, 19 words on, starttime follow it.
  const [state = '', ...words] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended: under an init that does not reap, it stays for long.
  return { pid, bootId, startTime: /^[ZX]/.test(state) ? '' : (words[18] ?? '') };
}

/** Whether that very process still runs, another than this one. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  if (mark.pid === process.pid || mark.startTime === '') return false;
  const now = await describeProcess(mark.pid);
  return now.bootId === mark.bootId && now.startTime === mark.startTime;
}
