import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../../src/console/terminal/capabilities.ts';
import { glyphSets } from '../../../src/console/terminal/glyphs.ts';
import { themeOf } from '../../../src/console/terminal/theme.ts';

const utf8 = { LANG: 'ja_JP.UTF-8' };

describe('what the terminal can do', () => {
  it('refuses dumb terminals and none', () => {
    expect(capabilitiesOf({ ...utf8, TERM: 'dumb' }).isFullScreenPossible).toBe(false);
    expect(capabilitiesOf(utf8).isFullScreenPossible).toBe(false);
    expect(capabilitiesOf({ ...utf8, TERM: 'xterm' }).isFullScreenPossible).toBe(true);
  });

  it('counts colours, and knows NO_COLOR', () => {
    expect(capabilitiesOf({ TERM: 'xterm' }).colours).toBe('16');
    expect(capabilitiesOf({ TERM: 'tmux-256color' }).colours).toBe('256');
    expect(capabilitiesOf({ TERM: 'xterm-256color', NO_COLOR: '1' }).colours).toBe('none');
    expect(capabilitiesOf({ TERM: 'xterm-256color', NO_COLOR: '' }).colours).toBe('256');
  });

  it('stays with ASCII where nothing else can be shown', () => {
    expect(capabilitiesOf({ TERM: 'xterm', LANG: 'C' }).isUnicode).toBe(false);
    expect(capabilitiesOf({ TERM: 'linux', ...utf8 })).toMatchObject({
      isUnicode: false,
      hasAlternateScreen: false,
    });
    expect(capabilitiesOf({ TERM: 'xterm', LC_ALL: 'C', ...utf8 }).isUnicode).toBe(false);
    expect(capabilitiesOf({ TERM: 'xterm', ...utf8 }).isUnicode).toBe(true);
  });

  it('believes who asks for Japanese where the locale names no encoding', () => {
    expect(capabilitiesOf({ TERM: 'xterm', LANG: 'C' }, true).isUnicode).toBe(true);
    expect(capabilitiesOf({ TERM: 'xterm' }, true).isUnicode).toBe(true);
    expect(capabilitiesOf({ TERM: 'xterm', LANG: 'ja_JP.eucJP' }, true).isUnicode).toBe(false);
    expect(capabilitiesOf({ TERM: 'linux' }, true).isUnicode).toBe(false);
  });

  it('has only ASCII signs then, and no colour codes without colour', () => {
    for (const sign of Object.values(glyphSets.ascii)) expect(sign).toMatch(/^[\x20-\x7e]+$/);
    const plain = themeOf({ ...capabilitiesOf({ TERM: 'xterm' }), colours: 'none' });
    expect(plain.paint('status.error', 'x')).toBe('\u{1B}[1mx\u{1B}[0m');
    expect(plain.paint('status.ok', 'x')).toBe('x');
  });
});
