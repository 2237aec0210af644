import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { type Preferences, parsePreferences } from '../state/preferences.ts';

const largestBytes = 256 * 1024;

/** `$XDG_CONFIG_HOME/haifu/console.json`; a relative XDG_CONFIG_HOME does not count (XDG Base Directory 0.8). */
export function preferencesPath(environment: Readonly<Record<string, string | undefined>>): string {
  const given = environment['XDG_CONFIG_HOME'];
  const config = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.config');
  return join(config, 'haifu', 'console.json');
}

export interface FoundPreferences {
  readonly preferences: Preferences;
  /** There is a file, but it cannot be understood: it is ignored, and overwritten at the end. */
  readonly isBroken: boolean;
}

/** Without a file, or with one that cannot be read: no preferences. */
export function readPreferences(path: string): FoundPreferences {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { preferences: {}, isBroken: false };
  }
  const preferences = text.length > largestBytes ? null : parsePreferences(text);
  return { preferences: preferences ?? {}, isBroken: preferences === null };
}

/** A console that cannot remember its layout is no reason to complain: a home folder may be read-only. */
export function writePreferences(path: string, preferences: Preferences): void {
  const temporary = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(temporary, `${JSON.stringify(preferences, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch {
    // The layout begins as usual next time.
  }
}
