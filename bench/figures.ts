import { readFileSync } from 'node:fs';

/** The value below which `share` of the list lies; NaN for an empty list. */
export function percentile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
export const median = (list: readonly number[]): number => percentile(list, 0.5);

/** USER_HZ, which Linux fixes for /proc on every architecture that Node.js runs on. */
const ticksPerSecond = 100;

/** CPU time of a process in ms, without its children (proc(5), stat: utime and stime). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** The most that a process has ever held resident of its own, without what it shares with files. */
export function peakMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return (kilobytes('VmHWM') - kilobytes('RssFile')) / 1024;
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

/** A process and all that stem from it. */
export const processTree = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(processTree)];

/** The process that a launcher has started and waits for, or the process itself. */
export function workingProcess(pid: number): number {
  const [child] = childrenOf(pid);
  return child === undefined ? pid : workingProcess(child);
}
