import { join } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { readWhole, removeLeftovers } from './durableFile.ts';
import { type FileSystem, realFileSystem } from './fileSystem.ts';
import { groupCommit } from './groupCommit.ts';
import { JournalFile } from './journalFile.ts';
import { scanRecords } from './record.ts';
import { makeRunFolder, runFolder } from './runFolders.ts';
import {
  checkEntry,
  newestEntries,
  type RunJournalEntry,
  type RunJournalHeader,
  runJournalHeaderSchema,
  runJournalVersion,
} from './runJournalEntries.ts';
import { damagedAt, readFailure, writeFailure } from './writeFailure.ts';

export type { RunJournalEntry } from './runJournalEntries.ts';

/** The append-only journal of one run, `runs/<runId>/journal.ndjson`. */
export interface RunJournal {
  /**
   * Resolves when the entry is on the disk; entries given while a write runs share the next one. After a failure
   * nothing of the entry, and of those that came after it and before the answer, is in the journal.
   */
  append(entry: RunJournalEntry): Promise<Outcome<void>>;
  /**
   * Puts these entries in the place of all that was written, whole or not at all. After a failure everything is as
   * it was.
   */
  compact(entries: readonly RunJournalEntry[]): Promise<Outcome<void>>;
  /** Waits for what was appended. */
  close(): Promise<void>;
}

const journalName = 'journal.ndjson';
const nameOf = (runId: string): string => `runs/${runId}/${journalName}`;

/** Entries of one record: a line is no longer than a fast look needs. */
const entriesTogether = 500;

/** A journal of these entries in the place of the one that is there, if one is. Rejects with a system error. */
function writeJournal(
  fs: FileSystem,
  path: string,
  runId: string,
  entries: readonly RunJournalEntry[],
): Promise<JournalFile> {
  const header: RunJournalHeader = { journal: 'run', version: runJournalVersion, runId };
  const records: RunJournalEntry[][] = [];
  for (let at = 0; at < entries.length; at += entriesTogether)
    records.push(entries.slice(at, at + entriesTogether));
  return JournalFile.create(fs, path, journalName, header, ...records);
}

function overFile(fs: FileSystem, path: string, runId: string, opened: JournalFile): RunJournal {
  let file = opened;
  const group = groupCommit<RunJournalEntry>((entries) => file.append(entries));
  return {
    append: async (entry) => group.submit(checkEntry(entry)),
    compact: async (entries) => {
      const checked = entries.map(checkEntry);
      return group.between(async () => {
        try {
          const fresh = await writeJournal(fs, path, runId, checked);
          await file.close().catch(() => {});
          file = fresh;
          return ok(undefined);
        } catch (error) {
          return fail(writeFailure(error, nameOf(runId)));
        }
      });
    },
    async close() {
      await group.idle();
      await file.close().catch(() => {});
    },
  };
}

/** Makes the run's folder and an empty journal; the run must be new. */
export async function createRunJournal(
  folder: string,
  runId: string,
  fileSystem: FileSystem = realFileSystem,
): Promise<Outcome<RunJournal>> {
  try {
    const path = await makeRunFolder(fileSystem, folder, runId);
    if ((await fileSystem.list(path)).includes(journalName)) {
      return failed('store.writeFailed', { file: nameOf(runId), reason: 'EEXIST' });
    }
    return ok(overFile(fileSystem, path, runId, await writeJournal(fileSystem, path, runId, [])));
  } catch (error) {
    return fail(writeFailure(error, nameOf(runId)));
  }
}

async function readJournal(
  folder: string,
  runId: string,
  fs: FileSystem,
): Promise<Outcome<{ entries: RunJournalEntry[]; outdated: number; goodLength: number }>> {
  const name = nameOf(runId);
  try {
    const content = await readWhole(fs, join(runFolder(folder, runId), journalName));
    if (content === null) return failed('input.notFound', { kind: 'run', name: runId });
    const { records, goodLength, isDamaged } = scanRecords(content.bytes);
    if (isDamaged) return fail(damagedAt(name, goodLength));
    const header = runJournalHeaderSchema.safeParse(records[0]?.payload);
    if (!header.success || header.data.runId !== runId) return fail(damagedAt(name, 0));
    if (header.data.version > runJournalVersion) {
      return failed('store.newerVersion', {
        file: name,
        found: header.data.version,
        known: runJournalVersion,
      });
    }
    const entries = newestEntries(records.slice(1), name);
    if (!entries.ok) return entries;
    const written = records.slice(1).reduce((count, { payload }) => count + (payload as []).length, 0);
    return ok({ entries: entries.value, outdated: written - entries.value.length, goodLength });
  } catch (error) {
    return fail(readFailure(error, name));
  }
}

/**
 * Reads the journal as readRunJournal does, cuts a torn tail and goes on appending. Where more than half of it is
 * outdated it is compacted, so that it does not grow with each server that is killed.
 */
export async function openRunJournal(
  folder: string,
  runId: string,
  fileSystem: FileSystem = realFileSystem,
): Promise<Outcome<{ journal: RunJournal; entries: RunJournalEntry[] }>> {
  const read = await readJournal(folder, runId, fileSystem);
  if (!read.ok) return read;
  const { entries, outdated, goodLength } = read.value;
  try {
    const path = runFolder(folder, runId);
    await removeLeftovers(fileSystem, path);
    const file = await JournalFile.open(fileSystem, path, journalName, goodLength);
    const journal = overFile(fileSystem, path, runId, file);
    // A full disk is no reason not to go on with what there is.
    if (outdated > entries.length) await journal.compact(entries);
    return ok({ journal, entries });
  } catch (error) {
    return fail(writeFailure(error, nameOf(runId)));
  }
}

/**
 * What the journal says: `started` first, then the newest `device` entry of each device and the newest `run`
 * entry. Earlier ones are left out. input.notFound: no such run.
 */
export async function readRunJournal(
  folder: string,
  runId: string,
  fileSystem: FileSystem = realFileSystem,
): Promise<Outcome<RunJournalEntry[]>> {
  const read = await readJournal(folder, runId, fileSystem);
  return read.ok ? ok(read.value.entries) : read;
}
