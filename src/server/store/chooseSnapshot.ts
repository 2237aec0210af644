import { join } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { readWhole } from './durableFile.ts';
import type { FileSystem } from './fileSystem.ts';
import type { RawDocument } from './rawDocument.ts';
import { decodeSnapshot } from './snapshotFormat.ts';
import { currentSnapshot, type StoreNames, snapshotName } from './storeNames.ts';
import { readFailure } from './writeFailure.ts';

export interface ChosenSnapshot {
  /** Null: there is no good one. */
  readonly document: RawDocument | null;
  readonly file: string | null;
  /** Files that are not whole, newest first. */
  readonly bad: readonly string[];
}

/** The newest good snapshot. Reads only. */
export async function chooseSnapshot(
  fs: FileSystem,
  folder: string,
  names: StoreNames,
  knownVersion: number,
): Promise<Outcome<ChosenSnapshot>> {
  const bad: string[] = [];
  for (const file of [currentSnapshot, ...names.generations.map(snapshotName)]) {
    try {
      const content = await readWhole(fs, join(folder, file));
      if (content === null) continue;
      if (process.geteuid !== undefined && content.uid !== process.geteuid()) {
        return failed('store.foreign', { folder, file, uid: content.uid });
      }
      const document = decodeSnapshot(content.bytes, file);
      if (document === null) {
        bad.push(file);
        continue;
      }
      if (document.schemaVersion > knownVersion) {
        return failed('store.newerVersion', { file, found: document.schemaVersion, known: knownVersion });
      }
      return ok({ document, file, bad });
    } catch (error) {
      return fail(readFailure(error, file));
    }
  }
  return ok({ document: null, file: null, bad });
}
