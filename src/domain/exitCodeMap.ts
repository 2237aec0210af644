import { ok } from '../shared/result.ts';
import { failed, type Outcome } from './failure.ts';
import type { ExitCodeMap, ExitMeaning } from './model.ts';

/** Words as typed; the first of each meaning is the one that is written. */
const words: readonly (readonly [string, ExitMeaning])[] = [
  ['success', 'success'],
  ['ok', 'success'],
  ['restart', 'successRestart'],
  ['successRestart', 'successRestart'],
  ['retry', 'retryLater'],
  ['retryLater', 'retryLater'],
  ['anotherVersion', 'anotherVersion'],
  ['failed', 'failed'],
];

/** B82: `0=success,100=restart,75=retry`. */
export function parseExitCodeMap(text: string): Outcome<ExitCodeMap> {
  const map: ExitCodeMap = {};
  for (const part of text.split(',')) {
    const [, code, word] = /^\s*(\d{1,10})\s*=\s*(\w+)\s*$/.exec(part) ?? [];
    const meaning = words.find(([typed]) => typed === word)?.[1];
    if (code === undefined || meaning === undefined)
      return failed('input.invalid', { field: 'exitCodes', expected: 'exitCodes' });
    map[String(Number(code))] = meaning;
  }
  return ok(map);
}

export const formatExitCodeMap = (map: ExitCodeMap): string =>
  Object.entries(map)
    .map(([code, meaning]) => `${code}=${words.find(([, each]) => each === meaning)?.[0]}`)
    .join(',');

/** B82: a code that the map does not know is a failure. */
export const exitMeaning = (map: ExitCodeMap, code: number): ExitMeaning => map[String(code)] ?? 'failed';

/** Codes after which the installer counts as having done its work. */
export const successCodes = (map: ExitCodeMap): number[] =>
  Object.entries(map)
    .filter(([, meaning]) => meaning === 'success' || meaning === 'successRestart')
    .map(([code]) => Number(code));
