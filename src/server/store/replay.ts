import { join } from 'node:path';
import { type Failure, failed, failure, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { readWhole } from './durableFile.ts';
import type { FileSystem } from './fileSystem.ts';
import { migrateTo, type StoreSchema } from './migrations.ts';
import {
  applyRecord,
  commitsRecordSchema,
  type RawDocument,
  type SegmentHeader,
  segmentHeaderSchema,
} from './rawDocument.ts';
import { type Scan, scanRecords } from './record.ts';
import { activeJournal, type StoreNames, segmentName } from './storeNames.ts';
import { damaged, damagedAt, readFailure } from './writeFailure.ts';

interface Segment {
  readonly name: string;
  readonly header: SegmentHeader;
  readonly scan: Scan;
  readonly sizeBytes: number;
}

export interface Replayed {
  /** Null: there is no store here yet. */
  readonly document: RawDocument | null;
  /** The segment that goes on being written; null: none. */
  readonly last: { readonly name: string; readonly base: number; readonly goodLength: number } | null;
  readonly notices: readonly Failure[];
}

/** Null: not there, or torn while it was made and so without a record. */
async function readSegment(fs: FileSystem, folder: string, name: string): Promise<Outcome<Segment | null>> {
  try {
    const content = await readWhole(fs, join(folder, name));
    if (content === null) return ok(null);
    const scan = scanRecords(content.bytes);
    if (scan.isDamaged) return fail(damagedAt(name, scan.goodLength));
    if (scan.records.length === 0) return ok(null);
    const header = segmentHeaderSchema.safeParse(scan.records[0]!.payload);
    if (!header.success) return fail(damagedAt(name, 0));
    return ok({ name, header: header.data, scan, sizeBytes: content.bytes.length });
  } catch (error) {
    return fail(readFailure(error, name));
  }
}

/** The segments that follow `seq`, oldest first. */
async function readSegments(
  fs: FileSystem,
  folder: string,
  names: StoreNames,
  seq: number,
): Promise<Outcome<Segment[]>> {
  const segments: Segment[] = [];
  for (const name of [...names.segments.filter((base) => base >= seq).map(segmentName), activeJournal]) {
    const segment = await readSegment(fs, folder, name);
    if (!segment.ok) return segment;
    if (segment.value !== null) segments.push(segment.value);
    else if (name !== activeJournal) return fail(damagedAt(name, 0));
  }
  return ok(segments);
}

function applySegment(document: RawDocument, segment: Segment, isLast: boolean): Failure | null {
  const { name, header, scan, sizeBytes } = segment;
  if (header.storeId !== document.storeId) return damaged(name, 'storeId');
  // A gap in the chain: a segment is missing, or one lost its end.
  if (header.base !== document.seq) return damaged(segmentName(document.seq), 'missing', { found: name });
  for (const { offset, payload } of scan.records.slice(1)) {
    const record = commitsRecordSchema.safeParse(payload);
    if (!record.success || record.data.seq !== document.seq + 1) return damagedAt(name, offset);
    applyRecord(document, record.data, name);
  }
  return scan.goodLength < sizeBytes && !isLast ? damagedAt(name, scan.goodLength) : null;
}

const emptyDocument = ({ storeId, schemaVersion }: SegmentHeader): RawDocument => ({
  storeId,
  schemaVersion,
  seq: 0,
  collections: new Map(),
});

/**
 * Brings the snapshot's document (null: none was good) up to the newest journalled change. A torn tail of the
 * last segment is left out and said. Reads only.
 */
export async function replay(
  fs: FileSystem,
  folder: string,
  names: StoreNames,
  snapshot: RawDocument | null,
  schema: StoreSchema,
): Promise<Outcome<Replayed>> {
  const read = await readSegments(fs, folder, names, snapshot?.seq ?? 0);
  if (!read.ok) return read;
  const segments = read.value;
  const last = segments.at(-1);
  if (last === undefined) {
    const notices = snapshot === null ? [] : [failure('store.journalMissing', { file: activeJournal })];
    return ok({ document: snapshot, last: null, notices });
  }
  // Without a snapshot the whole story must be there, from the first change on: applySegment sees to it.
  const document = snapshot ?? emptyDocument(segments[0]!.header);
  for (const segment of segments) {
    const { schemaVersion } = segment.header;
    if (schemaVersion > schema.version) {
      return failed('store.newerVersion', {
        file: segment.name,
        found: schemaVersion,
        known: schema.version,
      });
    }
    if (schemaVersion < document.schemaVersion) return fail(damaged(segment.name, 'schemaVersion'));
    migrateTo(document, schemaVersion, schema);
    const problem = applySegment(document, segment, segment === last);
    if (problem !== null) return fail(problem);
  }
  const { name, header, scan, sizeBytes } = last;
  const bytes = sizeBytes - scan.goodLength;
  const notices = bytes > 0 ? [failure('store.tailCut', { file: name, offset: scan.goodLength, bytes })] : [];
  return ok({ document, last: { name, base: header.base, goodLength: scan.goodLength }, notices });
}
