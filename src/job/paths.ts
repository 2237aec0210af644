import { quote } from './quote.ts';

/** Shell words for places in the state directory `$S`. Both ids are hex: anything else is a bug. */
export const jobDirectory = (attemptId: string): string => `"$S"/jobs/${hex(attemptId, 32)}`;
export const cachedContent = (sha256: string): string => `"$S"/cache/${hex(sha256, 64)}`;

export function hex(value: string, length: number): string {
  if (value.length !== length || !/^[0-9a-f]+$/.test(value)) throw new Error('not an id');
  return quote(value);
}
