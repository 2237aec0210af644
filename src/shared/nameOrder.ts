let collator: Intl.Collator | null = null;

/** The order of names for people: `web2` before `web10`. Made at its first use: ICU is slow to wake. */
export function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true });
  return collator.compare(a, b);
}
