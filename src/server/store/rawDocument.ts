import { z } from 'zod';

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
        }),
      ),
    )
    .min(1),
});
export type CommitsRecord = z.infer<typeof commitsRecordSchema>;

export function applyRecord(document: RawDocument, record: CommitsRecord, file: string): void {
  for (const { collection, put, removed } of record.commits.flat()) {
    const entities = document.collections.get(collection) ?? new Map();
    document.collections.set(collection, entities);
    for (const value of put) entities.set(value.id, { value, file });
    for (const id of removed) entities.delete(id);
  }
  document.seq += record.commits.length;
}
