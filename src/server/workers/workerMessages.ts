import { z } from 'zod';
import { attemptStates } from '../../domain/attempt.ts';
import { deviceFactsSchema, failureSchema, hostKeySchema } from '../../domain/schema.ts';
import type { FromWorker } from './messages.ts';

/** The worker's side of the door: what a process that talked to a hostile device may say to the server. */
const attemptId = z.string().max(64);
const number = z.int().min(0);
const bytes = z.int().min(0);
const facts = deviceFactsSchema.omit({ seenAt: true });
const hostKey = hostKeySchema
  .pick({ address: true, port: true, keyType: true, key: true, fingerprint: true })
  .extend({ verdict: z.enum(['accepted', 'unknown', 'changed']) });
const transition = z.object({
  state: z.enum(attemptStates),
  failure: failureSchema.nullable().optional(),
  exitCode: z.int().nullable().optional(),
  bootIdBeforeRestart: z.string().max(64).nullable().optional(),
  installFailure: failureSchema.nullable().optional(),
  wasPresent: z.boolean().optional(),
  // Facts that do not fit are not worth an attempt.
  facts: facts.optional().catch(undefined),
});
const report = z.object({
  port: z.enum(['open', 'closed', 'filtered', 'unresolved']),
  accountId: z.string().max(64).nullable(),
  isRoot: z.boolean(),
  facts: facts.nullable().catch(null),
  freeBytes: z.number().nullable(),
  installedVersion: z.string().max(1024).nullable(),
  isInstalled: z.boolean().nullable(),
  failure: failureSchema.nullable(),
});

const fromWorker = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('transition'), number, attemptId, transition }),
  z.object({ type: z.literal('hostKey'), number, attemptId, key: hostKey }),
  z.object({ type: z.literal('rootPassword'), number, attemptId }),
  z.object({ type: z.literal('progress'), attemptId, sentBytes: bytes, totalBytes: bytes }),
  z.object({ type: z.literal('activity'), attemptId, activity: z.string().max(64).nullable() }),
  z.object({ type: z.literal('log'), attemptId, text: z.string() }),
  z.object({ type: z.literal('accountTried'), attemptId, accountId: z.string(), isAccepted: z.boolean() }),
  z.object({ type: z.literal('delivered'), attemptId }),
  z.object({ type: z.literal('checked'), requestId: number, report, hostKeys: z.array(hostKey).max(100) }),
]);

/** The message, or null when it is none. */
export function readWorkerMessage(message: unknown): FromWorker | null {
  const read = fromWorker.safeParse(message);
  return read.success ? (read.data as FromWorker) : null;
}
