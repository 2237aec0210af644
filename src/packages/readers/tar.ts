import { ByteReader } from './byteReader.ts';
import { tooLarge, truncated, unreadable } from './reading.ts';
import { parsePax, parseTarHeader, type TarHeader } from './tarHeader.ts';

export interface TarEntry {
  readonly path: string;
  readonly type: 'file' | 'folder' | 'symbolicLink' | 'hardLink' | 'device' | 'other';
  readonly linkTarget: string;
  readonly sizeBytes: number;
}

export interface TarItem {
  readonly entry: TarEntry;
  /** The entry's bytes, once and before the next item; `package.tooLarge` above the limit. */
  content(limitBytes: number): Promise<Buffer>;
}

const block = 512;
/** Long names and pax records: 16 times PATH_MAX. */
const metaLimit = 64 * 1024;
const types: Readonly<Record<string, TarEntry['type']>> = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hardLink',
  '2': 'symbolicLink',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'device',
};

/** The entries of a tar (ustar, pax and GNU names), one after the other; what is not asked for is passed over. */
export async function* readTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<TarItem> {
  const reader = new ByteReader(chunks);
  let isFirst = true;
  let names: { path?: string; linkpath?: string; size?: number } = {};
  try {
    for (;;) {
      const bytes = await reader.read(block);
      if (bytes.length < block) {
        if (bytes.length === 0 && !isFirst) return;
        throw truncated();
      }
      if (bytes.every((byte) => byte === 0)) {
        // A compressed file that was cut shows only at its very end.
        await reader.skip(Number.POSITIVE_INFINITY);
        return;
      }
      const header = parseTarHeader(bytes);
      if (header === null) throw unreadable('damaged');
      isFirst = false;
      if (isMeta(header.type)) {
        names = { ...names, ...(await readMeta(reader, header)) };
        continue;
      }
      let unread = names.size ?? header.sizeBytes;
      const padded = Math.ceil(unread / block) * block;
      let left = padded;
      const entry = entryOf(header, names, unread);
      names = {};
      yield {
        entry,
        async content(limitBytes) {
          if (unread > limitBytes) throw tooLarge(unread, limitBytes);
          const content = await reader.read(unread);
          if (content.length < unread) throw truncated();
          left = padded - unread;
          unread = 0;
          return content;
        },
      };
      if ((await reader.skip(left)) < left) throw truncated();
    }
  } finally {
    await reader.close();
  }
}

const isMeta = (type: string): boolean => type === 'x' || type === 'g' || type === 'L' || type === 'K';

async function readMeta(reader: ByteReader, header: TarHeader) {
  if (header.sizeBytes > metaLimit) throw tooLarge(header.sizeBytes, metaLimit);
  const padded = Math.ceil(header.sizeBytes / block) * block;
  const bytes = await reader.read(padded);
  if (bytes.length < padded) throw truncated();
  const content = bytes.subarray(0, header.sizeBytes);
  const text = content.toString('utf8').replace(/\0[\s\S]*$/, '');
  if (header.type === 'L') return { path: text };
  if (header.type === 'K') return { linkpath: text };
  const pax = parsePax(content);
  if (pax === null) throw unreadable('damaged');
  return pax;
}

const entryOf = (
  header: TarHeader,
  names: { path?: string; linkpath?: string },
  sizeBytes: number,
): TarEntry => ({
  path: names.path ?? header.path,
  type: types[header.type] ?? 'other',
  linkTarget: names.linkpath ?? header.linkTarget,
  sizeBytes,
});
