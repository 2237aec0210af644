import { isIP } from 'node:net';

/** An IP address as a number, so that blocks and ranges can be counted through. */
export interface IpNumber {
  readonly version: 4 | 6;
  readonly value: bigint;
}

export const bitsOf = (version: 4 | 6): number => (version === 4 ? 32 : 128);

/** Null for anything but a plain IPv4 or IPv6 address (no zone, no brackets). */
export function parseIp(text: string): IpNumber | null {
  const version = isIP(text);
  if (version === 4) return { version, value: numberOf(text.split('.').map(Number), 8n) };
  if (version !== 6 || text.includes('%')) return null;
  return { version, value: numberOf(v6Groups(text), 16n) };
}

const numberOf = (groups: readonly number[], bits: bigint): bigint =>
  groups.reduce((value, group) => (value << bits) | BigInt(group), 0n);

function v6Groups(text: string): number[] {
  const lastColon = text.lastIndexOf(':');
  const tail = text.slice(lastColon + 1);
  if (tail.includes('.')) {
    const [a, b, c, d] = tail.split('.').map(Number) as [number, number, number, number];
    const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
    return v6Groups(text.slice(0, lastColon + 1) + hex);
  }
  const [head = '', rest] = text.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (rest === undefined) return groups(head);
  const left = groups(head);
  const right = groups(rest);
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/** Written as RFC 5952 recommends: lower case, the longest run of zeros as `::`. */
export function formatIp({ version, value }: IpNumber): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const zeros = groups.join(':').match(/\b0(:0)+\b/g) ?? [];
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const text = groups.join(':');
  const at = text.search(new RegExp(`(^|:)${longest}(:|$)`));
  const head = text.slice(0, at).replace(/:$/, '');
  const tail = text
    .slice(at)
    .replace(new RegExp(`^:?${longest}`), '')
    .replace(/^:/, '');
  return `${head}::${tail}`;
}
