import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initialState } from '../../../src/console/state/initialState.ts';
import { parsePreferences, preferencesOf } from '../../../src/console/state/preferences.ts';
import {
  preferencesPath,
  readPreferences,
  writePreferences,
} from '../../../src/console/terminal/preferencesFile.ts';
import { emptyState, reduced, time } from '../consoleFixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'haifu-preferences-'));
afterAll(() => rmSync(folder, { recursive: true }));

const changed = reduced(
  emptyState(),
  { type: 'ui/node', node: 'hostKeys' },
  { type: 'ui/language', language: 'ja' },
  { type: 'ui/sort', kind: 'devices', sort: { column: 'os', isDescending: true } },
  { type: 'ui/set', change: { treeWidth: 33, isDetailShown: false, hasMouse: false, recent: ['device:x'] } },
);

describe('what is remembered', () => {
  it('comes back as it was, for this data folder only', () => {
    const before = preferencesOf(emptyState(), '/other', {}, emptyState().ui);
    const path = join(folder, 'new', 'haifu', 'console.json');
    writePreferences(path, preferencesOf(changed, '/data', before, emptyState().ui));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { preferences, isBroken } = readPreferences(path);
    expect(isBroken).toBe(false);
    const start = {
      language: 'en',
      capabilities: { isUnicode: true },
      size: { width: 80, height: 24 },
      now: time,
    } as const;
    const again = initialState({ ...start, preferences, dataFolder: '/data' }).ui;
    expect(again).toMatchObject({ node: 'hostKeys', treeWidth: 33, isDetailShown: false, hasMouse: false });
    expect(again.sorts).toEqual({ devices: { column: 'os', isDescending: true } });
    expect(again.recent).toEqual(['device:x']);
    expect(preferences.language).toBe('ja');
    expect(initialState({ ...start, preferences, dataFolder: '/other' }).ui.node).toBe('packages');
    expect(initialState({ ...start, preferences, dataFolder: '/third' }).ui.node).toBe('packages');
  });

  it.each([
    '',
    'null',
    '[]',
    '{"language":"xx"}',
    '{"hasMouse":1}',
    '{"sorts":{"devices":{"column":1}}}',
    '{"treeWidth":0.5}',
  ])('is not believed when it is %s', (text) => {
    expect(parsePreferences(text)).toBeNull();
    const path = join(folder, 'broken.json');
    writeFileSync(path, text);
    expect(readPreferences(path)).toEqual({ preferences: {}, isBroken: true });
  });

  it('ignores what a newer console may have added', () => {
    expect(parsePreferences('{"hasMouse":false,"colours":"dark"}')).toEqual({ hasMouse: false });
  });

  it('is nothing without a file, and writing where that is impossible leaves no trace', () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, 'x');
    expect(readPreferences(join(blocked, 'haifu', 'console.json'))).toEqual({
      preferences: {},
      isBroken: false,
    });
    writePreferences(join(blocked, 'haifu', 'console.json'), {});
    expect(readFileSync(blocked, 'utf8')).toBe('x');
    expect(readdirSync(folder)).not.toContain('file.tmp');
  });

  it('stands where XDG says', () => {
    expect(preferencesPath({ XDG_CONFIG_HOME: '/c' })).toBe('/c/haifu/console.json');
    expect(preferencesPath({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/haifu\/console\.json$/);
  });
});
