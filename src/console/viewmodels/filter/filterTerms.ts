/** One word of a filter as it was typed, with its place in the text. */
export interface FilterTerm {
  /** The field's name in lower case, `null` for a bare word. */
  readonly field: string | null;
  /** Without quotes. */
  readonly value: string;
  readonly isNegated: boolean;
  /** Quoted words are taken as they are: no field, no pattern. */
  readonly isQuoted: boolean;
  readonly start: number;
  readonly end: number;
}

const fieldName = /^([a-z][a-z]*):(?!:)/i;

/** Everything up to the next blank that does not stand in quotes. */
const word = /(?:"[^"]*(?:"|$)|[^\s"])+/g;

/** Reads `web state:failed group:"Tokyo/Web 1" !os:debian`. An open quote ends with the text. */
export function filterTerms(text: string): readonly FilterTerm[] {
  return [...text.matchAll(word)].map(({ 0: typed, index }) => {
    const isNegated = typed.startsWith('!') && typed.length > 1;
    const rest = isNegated ? typed.slice(1) : typed;
    const field = fieldName.exec(rest)?.[1] ?? null;
    const value = field === null ? rest : rest.slice(field.length + 1);
    return {
      field: field?.toLowerCase() ?? null,
      value: value.replaceAll('"', ''),
      isNegated,
      isQuoted: value.startsWith('"'),
      start: index,
      end: index + typed.length,
    };
  });
}
