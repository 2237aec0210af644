export interface TarHeader {
  readonly path: string;
  readonly sizeBytes: number;
  readonly type: string;
  readonly linkTarget: string;
}

/** One 512-byte header, POSIX ustar or GNU; null when its checksum is wrong or it makes no sense. */
export function parseTarHeader(bytes: Buffer): TarHeader | null {
  const sizeBytes = parseNumber(bytes.subarray(124, 136));
  if (sizeBytes === null || !hasChecksum(bytes)) return null;
  const prefix =
    bytes.toString('latin1', 257, 262) === 'ustar' && bytes[262] === 0 ? text(bytes, 345, 500) : '';
  const name = text(bytes, 0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes,
    type: String.fromCharCode(bytes[156] ?? 0),
    linkTarget: text(bytes, 157, 257),
  };
}

function text(bytes: Buffer, start: number, end: number): string {
  const field = bytes.subarray(start, end);
  const zero = field.indexOf(0);
  return field.subarray(0, zero < 0 ? field.length : zero).toString('utf8');
}

/** Octal digits, or GNU's base 256 with the first bit set. */
function parseNumber(field: Buffer): number | null {
  if (((field[0] ?? 0) & 0x80) !== 0) {
    if (field.subarray(0, field.length - 7).some((byte, index) => byte !== (index === 0 ? 0x80 : 0)))
      return null;
    const value = field.readUIntBE(field.length - 6, 6);
    return field[field.length - 7] === 0 ? value : null;
  }
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : null;
}

/** The sum of all bytes, the checksum's own eight as blanks; some old programs summed signed bytes. */
function hasChecksum(bytes: Buffer): boolean {
  const expected = parseNumber(bytes.subarray(148, 156));
  let unsigned = 0;
  let signed = 0;
  for (let index = 0; index < 512; index++) {
    const byte = index >= 148 && index < 156 ? 32 : (bytes[index] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return expected === unsigned || expected === signed;
}

/** pax(1) records: `length key=value\n`, the length in bytes and of the whole record. */
export function parsePax(bytes: Buffer): { path?: string; linkpath?: string; size?: number } | null {
  const found: { path?: string; linkpath?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(32, at);
    const length = blank < 0 ? Number.NaN : Number(bytes.toString('latin1', at, blank));
    if (!Number.isSafeInteger(length) || length < blank - at + 2 || at + length > bytes.length) return null;
    const record = bytes.toString('utf8', blank + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals < 1) return null;
    const key = record.slice(0, equals);
    const value = record.slice(equals + 1);
    if (key === 'path' || key === 'linkpath') found[key] = value;
    if (key === 'size') {
      if (!/^\d{1,15}$/.test(value)) return null;
      found.size = Number(value);
    }
    at += length;
  }
  return found;
}
