const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;
const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1);

/**
 * The whole characters of a part of UTF-8 text.
 * @returns them, and how many bytes of a character that began before were left out
 */
export function trimToCharacters(bytes: Buffer): { bytes: Buffer; skipped: number } {
  let start = 0;
  while (start < bytes.length && start < 3 && isContinuation(bytes[start]!)) start++;
  let lead = bytes.length - 1;
  while (lead > start && bytes.length - lead < 4 && isContinuation(bytes[lead]!)) lead--;
  const isCut = lead >= start && lead + lengthOf(bytes[lead]!) > bytes.length;
  return { bytes: bytes.subarray(start, isCut ? lead : bytes.length), skipped: start };
}
