import { ok } from '../shared/result.ts';
import { failed, type Outcome } from './failure.ts';

const leastCharacters = 8;
export const mostKeyBytes = 65_536;

/** A key as it is kept, or why it is none: text of some length, since a shorter one could not be masked in a log. */
export function checkLicenseKey(key: string): Outcome<string> {
  const isText = !key.includes('\0') && !key.includes('\ufffd');
  const isFine = isText && key.trim().length >= leastCharacters && Buffer.byteLength(key) <= mostKeyBytes;
  return isFine ? ok(key) : failed('input.invalid', { field: 'key', expected: 'licenseKey' });
}

const armour = /^-+[^-]*-+$/;

/** The last four signs of the key, five of a long one; of a key file, of the last line that says something. */
export function keyTailOf(key: string): string {
  const lines = key
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const last = lines.findLast((line) => !armour.test(line)) ?? lines.at(-1) ?? '';
  const signs = [...last.replace(/[^\p{L}\p{N}]/gu, '')];
  return signs.slice(-Math.min(signs.length >= 20 ? 5 : 4, Math.floor(signs.length / 2))).join('');
}

/** The key as it may be shown. */
export const maskedKey = (tail: string): string => `*****${tail}`;
