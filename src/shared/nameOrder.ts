let collator: Intl.Collator | null = null;

/** The order of names for people: `web2` before `web10`. Made at its first use: ICU is slow to wake. */
export function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true });
  return collator.compare(a, b);
}

/**
 * A text whose plain comparison (`<`) gives the order of names: capitals count as small letters, and a number stands
 * with its length before it. For ten thousand names this is several times faster than ICU.
 */
export const naturalKey = (name: string): string =>
  name.toLowerCase().replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    return String.fromCharCode(0x30 + Math.min(number.length, 0x7f)) + number;
  });
