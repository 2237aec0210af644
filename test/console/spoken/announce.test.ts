import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/console/spoken/announce.ts';
import { type SpokenRow, spokenRows, spokenTheme } from '../../../src/console/spoken/spokenRows.ts';
import { translator } from '../../../src/i18n/translate.ts';

const t = translator('en');
const focused = (text: string) => spokenTheme.paint('selection', text);
const rows = (...lines: string[]): SpokenRow[] => spokenRows(lines.join('\n'), t);

describe('what a screen reader is given of a frame', () => {
  it('is words without frames, blank rows and colours', () => {
    const seen = rows(
      '╭─ Devices ────────╮',
      '│                  │',
      `│${focused(' ✓ web01  [x]  •••')}│`,
      '│ (•) all  ( ) one ┃',
      '╰─ 1/2 ────────────╯',
    );
    expect(seen.map(({ text }) => text)).toEqual([
      'Devices',
      'web01  checked  3 hidden characters',
      'chosen  all  not chosen  one',
      '1/2',
    ]);
    expect(seen.map(({ isFocused }) => isFocused)).toEqual([false, true, false, false]);
    expect(JSON.stringify(seen)).not.toMatch(/u001b|[─-╿]/u);
  });

  it('says the one button that has the focus', () => {
    expect(rows(`[ Cancel ]  ${focused('[ Run ]')}`)[0]!.focus).toBe('button Run');
  });
});

describe('what is said', () => {
  const table = (place: number, ...more: string[]) =>
    rows(
      'Devices',
      ...['web01', 'web02', 'web03'].map((name, i) => (i === place ? focused(name) : name)),
      ...more,
    );

  it('everything at a new place, the focus last', () => {
    expect(announce([], table(1), false).lines).toEqual(['Devices', 'web01', 'web02', 'web03', 'web02']);
  });

  it('only the row when the cursor moves', () => {
    expect(announce(table(0), table(1), false)).toEqual({ lines: ['web02'], typed: '' });
  });

  it('what is new, and nothing twice', () => {
    expect(announce(table(0), table(0, 'web04 failed'), true).lines).toEqual(['web04 failed']);
    expect(announce(table(0, 'x'), table(0, 'x'), true)).toEqual({ lines: [], typed: '' });
  });

  it('what is typed, behind what was said', () => {
    const field = (text: string) => rows('Form', focused(`Name: ${text}`));
    expect(announce(field('a'), field('ab'), false)).toEqual({ lines: [], typed: 'b' });
    expect(announce(field('ab'), field('a'), false)).toEqual({ lines: ['Name: a'], typed: '' });
  });
});
