/** The form in which two names are the same: without regard to case, surrounding blanks or Unicode composition. */
export const foldedName = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** First value whose name is the same as `name`, or undefined. */
export function findByName<T extends { readonly name: string }>(
  values: Iterable<T>,
  name: string,
): T | undefined {
  const wanted = foldedName(name);
  for (const value of values) if (foldedName(value.name) === wanted) return value;
  return undefined;
}
