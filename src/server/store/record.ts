import { crc32 } from 'node:zlib';

/**
 * One line of a journal: `<length of the JSON in bytes> <CRC-32 in 8 hex digits> <JSON>\n`. A line is what one
 * synced write adds, so a torn write spoils the last line only; a good line behind a bad one proves damage.
 */
export function encodeRecord(payload: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(payload));
  return Buffer.concat([
    Buffer.from(`${json.length} ${crc32(json).toString(16).padStart(8, '0')} `),
    json,
    Buffer.from('\n'),
  ]);
}

export interface Scan {
  readonly records: readonly { readonly offset: number; readonly payload: unknown }[];
  /** Where the good records end. */
  readonly goodLength: number;
  /** True when a good record stands behind the first bad place: not a torn tail. */
  readonly isDamaged: boolean;
}

const newline = 0x0a;
/** Longest `<length> <crc> ` that can stand before the JSON. */
const headLimit = 24;
const head = /^([1-9]\d{0,11}) ([0-9a-f]{8}) /;

/** The JSON of the record that begins at `offset`, or null if none does. */
function jsonAt(bytes: Buffer, offset: number): { json: Buffer; end: number } | null {
  const match = head.exec(bytes.toString('latin1', offset, offset + headLimit));
  if (match === null) return null;
  const start = offset + match[0].length;
  const end = start + Number(match[1]);
  if (end >= bytes.length || bytes[end] !== newline) return null;
  const json = bytes.subarray(start, end);
  return crc32(json) === Number.parseInt(match[2]!, 16) ? { json, end: end + 1 } : null;
}

function hasRecordAfter(bytes: Buffer, offset: number): boolean {
  const candidate = /[1-9]\d{0,11} [0-9a-f]{8} [{[]/g;
  const tail = bytes.toString('latin1', offset);
  for (let match = candidate.exec(tail); match !== null; match = candidate.exec(tail)) {
    if (jsonAt(bytes, offset + match.index) !== null) return true;
    candidate.lastIndex = match.index + 1;
  }
  return false;
}

/** Reads records up to the first that is not whole. */
export function scanRecords(bytes: Buffer): Scan {
  const records: { offset: number; payload: unknown }[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const found = jsonAt(bytes, offset);
    if (found === null) break;
    records.push({ offset, payload: JSON.parse(found.json.toString()) });
    offset = found.end;
  }
  return {
    records,
    goodLength: offset,
    isDamaged: offset < bytes.length && hasRecordAfter(bytes, offset + 1),
  };
}
