import { inflateRawSync } from 'node:zlib';
import type { PackageSource } from '../packageFormat.ts';
import { readExactly, tooLarge, truncated, unreadable, unsafe } from './reading.ts';
import type { TarEntry } from './tar.ts';
import { findDirectory, parseRecord, recordSignature, type ZipRecord } from './zipDirectory.ts';

const directoryLimit = 256 * 1024 * 1024;
const linkLimit = 4096;

/**
 * The entries of a zip (APPNOTE.TXT), from its central directory. What the two places of an entry say about its
 * name must agree and no two entries may share bytes: unpackers go by one or the other.
 */
export async function* readZip(source: PackageSource): AsyncGenerator<TarEntry> {
  const directory = await findDirectory(source);
  if (directory.sizeBytes > directoryLimit) throw tooLarge(directory.sizeBytes, directoryLimit);
  const bytes = await readExactly(source, directory.offset, directory.sizeBytes);
  const ranges: { readonly start: number; readonly end: number; readonly name: string }[] = [];
  for (let at = 0; at < bytes.length && ranges.length < directory.count; ) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== recordSignature) throw unreadable('damaged');
    const record = parseRecord(bytes, at);
    at += record.lengthBytes;
    const dataStart = await checkLocalHeader(source, record);
    ranges.push({ start: record.offset, end: dataStart + record.packedBytes, name: record.name });
    yield await entryOf(source, record, dataStart);
  }
  if (ranges.length < directory.count) throw unreadable('damaged');
  ranges.sort((one, other) => one.start - other.start);
  for (const [index, { start, name }] of ranges.entries())
    if (start < (ranges[index - 1]?.end ?? 0)) throw unsafe(name);
  if ((ranges.at(-1)?.end ?? 0) > directory.offset) throw truncated();
}

/** Returns where the entry's data begins. */
async function checkLocalHeader(source: PackageSource, record: ZipRecord): Promise<number> {
  if ((record.flags & 1) !== 0) throw unreadable('encrypted');
  const fixed = await readExactly(source, record.offset, 30);
  if (fixed.readUInt32LE(0) !== 0x04034b50) throw unreadable('damaged');
  const nameBytes = fixed.readUInt16LE(26);
  const name = await readExactly(source, record.offset + 30, nameBytes);
  if (!name.equals(record.nameBytes)) throw unsafe(record.name);
  return record.offset + 30 + nameBytes + fixed.readUInt16LE(28);
}

/** The upper four bits of the Unix mode (S_IFMT of stat(2)), where the archive was made on Unix. */
const types: Readonly<Record<number, TarEntry['type']>> = {
  10: 'symbolicLink',
  4: 'folder',
  8: 'file',
  0: 'file',
};

async function entryOf(source: PackageSource, record: ZipRecord, dataStart: number): Promise<TarEntry> {
  const isFolder = record.name.endsWith('/');
  const type = isFolder ? 'folder' : (types[record.unixMode >> 12] ?? 'other');
  return {
    path: record.name,
    type,
    sizeBytes: record.unpackedBytes,
    linkTarget: type === 'symbolicLink' ? await readLink(source, record, dataStart) : '',
  };
}

async function readLink(source: PackageSource, record: ZipRecord, dataStart: number): Promise<string> {
  if (record.packedBytes > linkLimit) throw tooLarge(record.packedBytes, linkLimit);
  const packed = await readExactly(source, dataStart, record.packedBytes);
  if (record.method === 0) return packed.toString('utf8');
  try {
    return inflateRawSync(packed, { maxOutputLength: linkLimit }).toString('utf8');
  } catch {
    throw unreadable('damaged');
  }
}
