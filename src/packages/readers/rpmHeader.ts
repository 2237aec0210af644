import type { PackageSource } from '../packageFormat.ts';
import { readExactly, tooLarge, unreadable } from './reading.ts';

/** One header structure of an RPM file: tags with their values (rpm's file format v3/v4). */
export interface RpmHeader {
  text(tag: number): string | undefined;
  texts(tag: number): string[];
  numbers(tag: number): number[];
  /** Offset of what follows in the file. */
  readonly end: number;
}

const magic = 0x8eade801;
const indexLimit = 100_000;
const storeLimit = 64 * 1024 * 1024;
const types = { int16: 3, int32: 4, int64: 5, string: 6, stringArray: 8, i18nString: 9 } as const;

interface Tag {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

export async function readRpmHeader(source: PackageSource, offset: number): Promise<RpmHeader> {
  const intro = await readExactly(source, offset, 16);
  const count = intro.readUInt32BE(8);
  const storeBytes = intro.readUInt32BE(12);
  if (intro.readUInt32BE(0) !== magic) throw unreadable('damaged');
  if (count > indexLimit || storeBytes > storeLimit) throw tooLarge(Math.max(count, storeBytes), storeLimit);
  const bytes = await readExactly(source, offset + 16, count * 16 + storeBytes);
  const store = bytes.subarray(count * 16);
  const tags = new Map<number, Tag>();
  for (let index = 0; index < count; index++) {
    const at = index * 16;
    const tag = {
      type: bytes.readUInt32BE(at + 4),
      offset: bytes.readUInt32BE(at + 8),
      count: bytes.readUInt32BE(at + 12),
    };
    if (tag.offset > store.length || tag.count > store.length) throw unreadable('damaged');
    tags.set(bytes.readUInt32BE(at), tag);
  }
  const texts = (tag: number): string[] => readTexts(store, tags.get(tag));
  return {
    texts,
    text: (tag) => texts(tag)[0],
    numbers: (tag) => readNumbers(store, tags.get(tag)),
    end: offset + 16 + bytes.length,
  };
}

function readTexts(store: Buffer, tag: Tag | undefined): string[] {
  if (tag === undefined) return [];
  if (tag.type !== types.string && tag.type !== types.stringArray && tag.type !== types.i18nString) return [];
  const found: string[] = [];
  let at = tag.offset;
  while (found.length < (tag.type === types.string ? 1 : tag.count)) {
    const end = store.indexOf(0, at);
    if (end < 0) throw unreadable('damaged');
    found.push(store.toString('utf8', at, end));
    at = end + 1;
  }
  return found;
}

function readNumbers(store: Buffer, tag: Tag | undefined): number[] {
  const width =
    tag?.type === types.int16 ? 2 : tag?.type === types.int32 ? 4 : tag?.type === types.int64 ? 8 : 0;
  if (tag === undefined || width === 0) return [];
  if (tag.offset + tag.count * width > store.length) throw unreadable('damaged');
  return Array.from({ length: tag.count }, (_, index) => {
    const at = tag.offset + index * width;
    return width === 8 ? Number(store.readBigUInt64BE(at)) : store.readUIntBE(at, width);
  });
}
