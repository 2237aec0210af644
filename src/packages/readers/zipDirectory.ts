import type { PackageSource } from '../packageFormat.ts';
import { readExactly, truncated, unreadable } from './reading.ts';

/** One entry as the central directory has it. */
export interface ZipRecord {
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Of the local header. */
  readonly offset: number;
  readonly unixMode: number;
  /** Of the record itself. */
  readonly lengthBytes: number;
}

export interface ZipDirectory {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly count: number;
}

export const recordSignature = 0x02014b50;
const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const end64LocatorSignature = 0x07064b50;
const endBytes = 22;
const locatorBytes = 20;
/** The comment at the very end may be 65,535 bytes long. */
const searchBytes = endBytes + 65_535;
const unknown32 = 0xffff_ffff;

/** Finds the central directory from the end of the file, zip64 included; without one the file was cut. */
export async function findDirectory(source: PackageSource): Promise<ZipDirectory> {
  const start = Math.max(0, source.sizeBytes - searchBytes);
  const tail = await source.read(start, source.sizeBytes - start);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== endSignature) continue;
    if (at + endBytes + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const plain = {
      count: tail.readUInt16LE(at + 10),
      sizeBytes: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
    const directory = (await findZip64(source, start + at - locatorBytes)) ?? plain;
    if (directory.offset + directory.sizeBytes > start + at) throw unreadable('damaged');
    return directory;
  }
  throw truncated();
}

async function findZip64(source: PackageSource, locatorAt: number): Promise<ZipDirectory | null> {
  if (locatorAt < 0) return null;
  const locator = await readExactly(source, locatorAt, locatorBytes);
  if (locator.readUInt32LE(0) !== end64LocatorSignature) return null;
  const record = await readExactly(source, number64(locator, 8), 56);
  if (record.readUInt32LE(0) !== end64Signature) throw unreadable('damaged');
  return { count: number64(record, 32), sizeBytes: number64(record, 40), offset: number64(record, 48) };
}

/** The caller has seen the signature and 46 bytes. */
export function parseRecord(bytes: Buffer, at: number): ZipRecord {
  const nameLength = bytes.readUInt16LE(at + 28);
  const extraLength = bytes.readUInt16LE(at + 30);
  const lengthBytes = 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  if (at + lengthBytes > bytes.length) throw unreadable('damaged');
  const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength);
  const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
  const [unpackedBytes, packedBytes, offset] = widen(
    [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
    extra,
  );
  const madeOnUnix = bytes[at + 5] === 3 || bytes[at + 5] === 19;
  return {
    name: nameBytes.toString('utf8'),
    nameBytes,
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    packedBytes,
    unpackedBytes,
    offset,
    unixMode: madeOnUnix ? bytes.readUInt16LE(at + 40) : 0,
    lengthBytes,
  };
}

/** The zip64 extra field (id 1) has, in this order, those of the values that did not fit. */
function widen(values: readonly [number, number, number], extra: Buffer): [number, number, number] {
  let field: Buffer = Buffer.alloc(0);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1) field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  let used = 0;
  const wide = values.map((value) => {
    if (value !== unknown32) return value;
    if (used + 8 > field.length) throw unreadable('damaged');
    used += 8;
    return number64(field, used - 8);
  });
  return wide as [number, number, number];
}

function number64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw unreadable('damaged');
  return Number(value);
}
