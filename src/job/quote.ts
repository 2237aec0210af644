/**
 * The one function that puts a value into shell text: single quotes, which no POSIX shell looks into.
 * NUL cannot be in a shell's word, so it is refused as a bug of the caller.
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new Error('a NUL character cannot be passed to a shell');
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

export const quoteWords = (words: readonly string[]): string => words.map(quote).join(' ');
