import { z } from 'zod';
import type { AttemptProgress, CancelRequest } from '../../delivery/deliveryMethod.ts';
import { attemptStates } from '../../domain/attempt.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { Run, RunDevice, RunState } from '../../domain/model.ts';
import { failureSchema, runDeviceSchema, runSchema, runStates } from '../../domain/schema.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Scan } from './record.ts';
import { damagedAt } from './writeFailure.ts';

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
      /** B87: this device's part of the run is to be cancelled. */
      readonly cancel?: CancelRequest | null;
      /** Lockout guard: accounts that the device refused in this run. */
      readonly refusedAccountIds?: readonly string[];
      /** B50: the password of sudo, doas or su was sent, and nobody heard the verdict. */
      readonly isRootPasswordUnanswered?: boolean;
      /** The license that the present attempt was begun with (B36). */
      readonly licenseId?: string | null;
    }
  | { readonly kind: 'run'; readonly at: string; readonly state: RunState };

export const runJournalVersion = 1;
export const runJournalHeaderSchema = z.object({
  journal: z.literal('run'),
  version: z.int().min(1),
  runId: z.string(),
});
export type RunJournalHeader = z.infer<typeof runJournalHeaderSchema>;

const at = z.iso.datetime();
const progressSchema = z.object({
  state: z.enum(attemptStates),
  exitCode: z.int().nullable(),
  bootIdBeforeRestart: z.string().nullable(),
  installFailure: failureSchema.nullable(),
  wasPresent: z.boolean().nullable().default(null),
});
const entrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    at,
    run: runSchema,
    devices: z.array(runDeviceSchema),
    plan: z.unknown(),
  }),
  z.object({
    kind: z.literal('device'),
    at,
    device: runDeviceSchema,
    resume: progressSchema.nullable(),
    cancel: z.enum(['leave', 'kill']).nullable().optional(),
    refusedAccountIds: z.array(z.string()).optional(),
    isRootPasswordUnanswered: z.boolean().optional(),
    licenseId: z.string().nullable().optional(),
  }),
  z.object({ kind: z.literal('run'), at, state: z.enum(runStates) }),
]);

/** The entry as it will be read back. Throws on one that could not be: a bug of the caller. */
export function checkEntry(entry: RunJournalEntry): RunJournalEntry {
  const result = entrySchema.safeParse(entry);
  if (result.success) return result.data as RunJournalEntry;
  const { path } = result.error.issues[0]!;
  throw new Error(`not storable: run journal, ${entry.kind} ${path.join('.')}`);
}

/** What names the thing of which only the newest entry counts. Reads only the little that it needs. */
function subjectOf(entry: unknown): string {
  const { kind, device } = entry as { kind?: unknown; device?: { deviceId?: unknown } };
  return `${kind} ${device?.deviceId ?? ''}`;
}

/**
 * Of the records behind the header: `started`, then the newest entry of each device and of the run. Only what is
 * returned is checked against the schemas, so that a long run's journal opens fast.
 */
export function newestEntries(records: Scan['records'], file: string): Outcome<RunJournalEntry[]> {
  const newest = new Map<string, { entry: unknown; offset: number }>();
  for (const { offset, payload } of records) {
    if (!Array.isArray(payload)) return fail(damagedAt(file, offset));
    for (const entry of payload) newest.set(subjectOf(entry), { entry, offset });
  }
  const entries: RunJournalEntry[] = [];
  for (const { entry, offset } of newest.values()) {
    const result = entrySchema.safeParse(entry);
    if (!result.success) return fail(damagedAt(file, offset));
    entries.push(result.data as RunJournalEntry);
  }
  return ok(entries);
}
