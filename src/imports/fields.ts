import { splitGroupPath } from '../domain/groupTree.ts';
import type { Platform } from '../domain/model.ts';

const platformWords: readonly (readonly [RegExp, Platform])[] = [
  [/^(windows|win)\b/i, 'windows'],
  [/^(macos|mac|darwin|osx)\b/i, 'macos'],
  [/^linux\b/i, 'linux'],
];

/** The platform that a word of another tool means; null when it is none of ours. */
export const parsePlatform = (word: string): Platform | null =>
  platformWords.find(([pattern]) => pattern.test(word))?.[1] ?? null;

/** A name on one line, at most 253 characters, or null. */
export function parseName(text: string): string | null {
  const name = text.trim();
  return name !== '' && name.length <= 253 && !/\p{Cc}/u.test(name) ? name : null;
}

/** A group's path `Tokyo/Web` without blanks around its parts; null when a part is none that a group may be called. */
export function parseGroupPath(text: string): string | null {
  const split = splitGroupPath(text);
  if ('problem' in split) return null;
  const path = split.names.join('/');
  return path.length <= 1000 ? path : null;
}

export const parseUser = (text: string): string | null =>
  /^[^\p{Cc}]{1,256}$/u.test(text.trim()) ? text.trim() : null;
