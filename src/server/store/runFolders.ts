import { join } from 'node:path';
import type { FileSystem } from './fileSystem.ts';

/** Names that come to stand in paths are ids: a caller that passes anything else has a bug. */
function checkedId(id: string): string {
  if (!/^[a-z]+-[0-9a-f]{20}$/.test(id)) throw new Error('not an id');
  return id;
}

export const runFolder = (folder: string, runId: string): string => join(folder, 'runs', checkedId(runId));

export const attemptLogName = (deviceId: string, attempt: number): string => {
  if (!Number.isSafeInteger(attempt) || attempt < 0) throw new Error('not an attempt');
  return `${checkedId(deviceId)}.${attempt}.log`;
};

/** Makes the run's folder so that it outlives a power cut. Rejects with a system error. */
export async function makeRunFolder(fs: FileSystem, folder: string, runId: string): Promise<string> {
  const path = runFolder(folder, runId);
  const runs = join(folder, 'runs');
  await fs.makeFolder(runs);
  await fs.syncFolder(folder);
  await fs.makeFolder(path);
  await fs.syncFolder(runs);
  return path;
}
