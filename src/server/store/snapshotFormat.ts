import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RawDocument } from './rawDocument.ts';

/**
 * A snapshot is one JSON object whose last field, `sha256`, covers every byte before it. All schema versions
 * keep this frame, so that a newer store is told from a damaged one.
 */
export interface SnapshotContent {
  readonly schemaVersion: number;
  readonly storeId: string;
  readonly seq: number;
  readonly collections: Iterable<readonly [name: string, entities: Iterable<unknown>]>;
}

const entitiesPerChunk = 200;

function* pieces(content: SnapshotContent): Generator<string> {
  const { schemaVersion, storeId, seq } = content;
  yield `{"schemaVersion":${schemaVersion},"storeId":${JSON.stringify(storeId)},"seq":${seq},"collections":{`;
  let separator = '';
  for (const [name, entities] of content.collections) {
    let piece = `${separator}\n${JSON.stringify(name)}:[`;
    separator = ',';
    let count = 0;
    for (const entity of entities) {
      piece += `${count++ === 0 ? '' : ','}\n${JSON.stringify(entity)}`;
      if (count % entitiesPerChunk === 0) {
        yield piece;
        piece = '';
      }
    }
    yield `${piece}]`;
  }
  yield '}';
}

/** The file's bytes, a few entities at a time: whoever writes them lets the event loop run in between. */
export function* encodeSnapshot(content: SnapshotContent): Generator<Buffer> {
  const hash = createHash('sha256');
  for (const piece of pieces(content)) {
    const bytes = Buffer.from(piece);
    hash.update(bytes);
    yield bytes;
  }
  yield Buffer.from(`,"sha256":"${hash.digest('hex')}"}\n`);
}

const trailer = /^,"sha256":"([0-9a-f]{64})"\}\n$/;
const trailerLength = 78;

const snapshotSchema = z.object({
  schemaVersion: z.int().min(0),
  storeId: z.string(),
  seq: z.int().min(0),
  collections: z.record(z.string(), z.array(z.looseObject({ id: z.string() }))),
});

/** The document in the bytes, or null if they are not a whole snapshot. */
export function decodeSnapshot(bytes: Buffer, file: string): RawDocument | null {
  const bodyLength = Math.max(bytes.length - trailerLength, 0);
  const match = trailer.exec(bytes.toString('latin1', bodyLength));
  if (match === null) return null;
  if (createHash('sha256').update(bytes.subarray(0, bodyLength)).digest('hex') !== match[1]) return null;
  const parsed = snapshotSchema.safeParse(JSON.parse(bytes.toString()));
  if (!parsed.success) return null;
  const { collections, ...rest } = parsed.data;
  return {
    ...rest,
    collections: new Map(
      Object.entries(collections).map(([name, entities]) => [
        name,
        new Map(entities.map((value) => [value.id, { value, file }])),
      ]),
    ),
  };
}
