import { z } from 'zod';
import { attemptCountSchema } from '../../domain/schema.ts';

/** What the disk says, before it is migrated and checked: each entity with the file that it was read from. */
export type RawCollections = Map<string, Map<string, { readonly value: unknown; readonly file: string }>>;

export interface RawDocument {
  schemaVersion: number;
  storeId: string;
  seq: number;
  collections: RawCollections;
}

/** First record of a journal segment: the changes behind it follow `base`. */
export const segmentHeaderSchema = z.object({
  journal: z.literal('changes'),
  storeId: z.string(),
  schemaVersion: z.int().min(0),
  base: z.int().min(0),
});
export type SegmentHeader = z.infer<typeof segmentHeaderSchema>;

/** One synced write: the commits that shared it, the first of which has the number `seq`. */
export const commitsRecordSchema = z.object({
  seq: z.int().min(1),
  commits: z
    .array(
      z.array(
        z.object({
          collection: z.string(),
          put: z.array(z.looseObject({ id: z.string() })),
          removed: z.array(z.string()),
          counted: z.array(attemptCountSchema).optional(),
        }),
      ),
    )
    .min(1),
});
export type CommitsRecord = z.infer<typeof commitsRecordSchema>;

export function applyRecord(document: RawDocument, record: CommitsRecord, file: string): void {
  for (const { collection, put, removed, counted = [] } of record.commits.flat()) {
    const entities = document.collections.get(collection) ?? new Map();
    document.collections.set(collection, entities);
    for (const value of put) entities.set(value.id, { value, file });
    for (const id of removed) entities.delete(id);
    for (const { taskId, deviceId, ...counter } of counted) {
      // In place: a copy for each of ten thousand devices would take minutes. The value is nobody else's.
      const attempts = (entities.get(taskId)?.value as { attempts?: unknown } | undefined)?.attempts;
      if (typeof attempts === 'object' && attempts !== null) Object.assign(attempts, { [deviceId]: counter });
    }
  }
  document.seq += record.commits.length;
}
