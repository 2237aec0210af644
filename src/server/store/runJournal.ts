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
  /** Waits for what was appended. */
  close(): Promise<void>;
}

const journalName = 'journal.ndjson';
const nameOf = (runId: string): string => `runs/${runId}/${journalName}`;

function overFile(file: JournalFile): RunJournal {
  const group = groupCommit<RunJournalEntry>((entries) => file.append(entries));
  return {
    append: async (entry) => group.submit(checkEntry(entry)),
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
    const header: RunJournalHeader = { journal: 'run', version: runJournalVersion, runId };
    return ok(overFile(await JournalFile.create(fileSystem, path, journalName, header)));
  } catch (error) {
    return fail(writeFailure(error, nameOf(runId)));
  }
}

async function readJournal(
  folder: string,
  runId: string,
  fs: FileSystem,
): Promise<Outcome<{ entries: RunJournalEntry[]; goodLength: number }>> {
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
    return entries.ok ? ok({ entries: entries.value, goodLength }) : entries;
  } catch (error) {
    return fail(readFailure(error, name));
  }
}

/** Reads the journal as readRunJournal does, cuts a torn tail and goes on appending. */
export async function openRunJournal(
  folder: string,
  runId: string,
  fileSystem: FileSystem = realFileSystem,
): Promise<Outcome<{ journal: RunJournal; entries: RunJournalEntry[] }>> {
  const read = await readJournal(folder, runId, fileSystem);
  if (!read.ok) return read;
  const { entries, goodLength } = read.value;
  try {
    const path = runFolder(folder, runId);
    await removeLeftovers(fileSystem, path);
    const file = await JournalFile.open(fileSystem, path, journalName, goodLength);
    return ok({ journal: overFile(file), entries });
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
