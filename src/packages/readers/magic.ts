/** What a file's first bytes say it is: words for messages, and the sub-kinds of the formats. */
export type Kind =
  | 'deb'
  | 'ar'
  | 'rpm'
  | 'zip'
  | 'gzip'
  | 'xz'
  | 'zstd'
  | 'bzip2'
  | 'script'
  | 'ELF'
  | 'PE'
  | 'HTML'
  | 'text'
  | 'data'
  | 'empty';

const magics: readonly (readonly [Kind, Buffer])[] = [
  ['deb', Buffer.from('!<arch>\ndebian-binary')],
  ['ar', Buffer.from('!<arch>\n')],
  ['rpm', Buffer.from([0xed, 0xab, 0xee, 0xdb])],
  ['zip', Buffer.from([0x50, 0x4b, 0x03, 0x04])],
  ['zip', Buffer.from([0x50, 0x4b, 0x05, 0x06])],
  ['gzip', Buffer.from([0x1f, 0x8b, 0x08])],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['bzip2', Buffer.from('BZh')],
  ['script', Buffer.from('#!')],
  ['ELF', Buffer.from([0x7f, 0x45, 0x4c, 0x46])],
  ['PE', Buffer.from('MZ')],
];

export function kindOf(head: Buffer): Kind {
  if (head.length === 0) return 'empty';
  const found = magics.find(([, magic]) => head.subarray(0, magic.length).equals(magic));
  if (found !== undefined) return found[0];
  const start = head.subarray(0, 512).toString('latin1');
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) return 'HTML';
  return /[^\t\n\r\x20-\x7e\x80-\xff]/.test(start) ? 'data' : 'text';
}

/** True when the bytes are the beginning of such a file that was cut off within its magic. */
export const isCutMagic = (head: Buffer, kind: Kind): boolean =>
  magics.some(
    ([each, magic]) =>
      each === kind && head.length < magic.length && magic.subarray(0, head.length).equals(head),
  );
