import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A draft that a console has left behind. */
export interface DraftFile {
  readonly path: string;
  readonly text: string;
}

const nameRule = /^wizard-(\d+)\.json$/;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Below a folder that is there: Node's recursion never ends on procfs. */
function makeOwnFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * The drafts of consoles on this data folder: a file a console, named after its process, for its owner only. What
 * cannot be written is not kept: a full disk must not stop the wizard.
 */
export function draftFiles(dataFolder: string, pid = process.pid) {
  const folder = join(dataFolder, 'drafts');
  const own = join(folder, `wizard-${pid}.json`);
  return {
    /** At once, so that a killed console loses little; it is a few kilobytes. */
    keep(text: string): void {
      try {
        makeOwnFolder(folder);
        writeFileSync(`${own}.new`, text, { mode: 0o600 });
        renameSync(`${own}.new`, own);
      } catch {
        rmSync(`${own}.new`, { force: true });
      }
    },
    drop: (): void => rmSync(own, { force: true }),
    /** Those whose console has ended. */
    async left(): Promise<readonly DraftFile[]> {
      const names = await readdir(folder).catch((): string[] => []);
      const ended = names.filter((name) => {
        const [, owner] = nameRule.exec(name) ?? [];
        return owner !== undefined && (Number(owner) === pid || !isAlive(Number(owner)));
      });
      const read = ended.map(async (name) => {
        const path = join(folder, name);
        return { path, text: await readFile(path, 'utf8').catch(() => '') };
      });
      return Promise.all(read);
    },
    remove: (path: string): Promise<void> => rm(path, { force: true }),
  };
}

export type DraftFiles = ReturnType<typeof draftFiles>;
