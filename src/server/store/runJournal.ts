import type { AttemptProgress, CancelRequest } from '../../delivery/deliveryMethod.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { Run, RunDevice, RunState } from '../../domain/model.ts';
import type { FileSystem } from './fileSystem.ts';

export type RunJournalEntry =
  /** `plan` is the engine's own JSON, checked by the engine when it is read back. */
  | {
      readonly kind: 'started';
      readonly at: string;
      readonly run: Run;
      readonly devices: readonly RunDevice[];
      readonly plan: unknown;
    }
  | {
      readonly kind: 'device';
      readonly at: string;
      readonly device: RunDevice;
      readonly resume: AttemptProgress | null;
      /** B87: set once this device's part of the run is to be cancelled. */
      readonly cancel: CancelRequest | null;
      /** Lockout guard: accounts that the device refused in this run. */
      readonly refusedAccountIds: readonly string[];
    }
  | { readonly kind: 'run'; readonly at: string; readonly state: RunState };

/** The append-only journal of one run, `runs/<runId>/journal.ndjson`. */
export interface RunJournal {
  /** Resolves when the entry is on the disk; entries given while a write runs share the next one. */
  append(entry: RunJournalEntry): Promise<Outcome<void>>;
  close(): Promise<void>;
}

/** Makes the run's folder and an empty journal; the run must be new. */
export declare function createRunJournal(
  folder: string,
  runId: string,
  fileSystem?: FileSystem,
): Promise<Outcome<RunJournal>>;

/** Reads the journal, cuts a torn tail and goes on appending. */
export declare function openRunJournal(
  folder: string,
  runId: string,
  fileSystem?: FileSystem,
): Promise<Outcome<{ journal: RunJournal; entries: RunJournalEntry[] }>>;

/**
 * What the journal says: `started` first, then the newest `device` entry of each device and the newest `run`
 * entry. Earlier ones are left out. input.notFound: no such run.
 */
export declare function readRunJournal(
  folder: string,
  runId: string,
  fileSystem?: FileSystem,
): Promise<Outcome<RunJournalEntry[]>>;
