import type { Outcome } from '../domain/failure.ts';
import { fail, ok } from '../shared/result.ts';
import { invalid } from './deviceList.ts';
import { bitsOf, formatIp, type IpNumber, parseIp } from './ipNumber.ts';

/** More than a block of this size is a typing error more often than a wish. */
export const largestBlock = 65_536;

/**
 * The addresses of `10.0.0.0/24`, `10.0.0.5-10.0.0.20` or `10.0.0.5-20`; null when the word is none of these. An
 * IPv4 network's own and its broadcast address are left out.
 */
export function expandBlock(word: string): Outcome<readonly string[]> | null {
  const slash = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(word);
  if (slash) {
    const base = parseIp(slash[1]!);
    const prefix = Number(slash[2]);
    if (base === null || prefix > bitsOf(base.version)) return fail(invalid('address', 'cidr'));
    return cidr(base, prefix);
  }
  const dash = /^([0-9A-Fa-f.:]+)-([0-9A-Fa-f.:]+)$/.exec(word);
  if (!dash) return null;
  const first = parseIp(dash[1]!);
  // A host name may hold a dash too: `a-1`.
  if (first === null) return null;
  const last =
    /^\d{1,3}$/.test(dash[2]!) && first.version === 4 ? lastOctet(first, Number(dash[2])) : parseIp(dash[2]!);
  if (last === null || last.version !== first.version || last.value < first.value)
    return fail(invalid('address', 'range'));
  return between(first, last.value);
}

const lastOctet = (first: IpNumber, octet: number): IpNumber | null =>
  octet > 255 ? null : { version: 4, value: (first.value & ~255n) | BigInt(octet) };

function cidr(base: IpNumber, prefix: number): Outcome<readonly string[]> {
  const hostBits = BigInt(bitsOf(base.version) - prefix);
  const size = 1n << hostBits;
  if (size > BigInt(largestBlock)) return fail(invalid('address', 'blockSize'));
  const network = (base.value >> hostBits) << hostBits;
  const isWithEnds = base.version === 6 || prefix >= 31;
  return isWithEnds
    ? between({ version: base.version, value: network }, network + size - 1n)
    : between({ version: 4, value: network + 1n }, network + size - 2n);
}

function between({ version, value }: IpNumber, last: bigint): Outcome<readonly string[]> {
  const count = last - value + 1n;
  if (count > BigInt(largestBlock)) return fail(invalid('address', 'blockSize'));
  return ok(
    Array.from({ length: Number(count) }, (_, index) => formatIp({ version, value: value + BigInt(index) })),
  );
}
