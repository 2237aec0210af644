import { describe, expect, it } from 'vitest';
import { editText, oneLine, type TextValue, textValue } from '../../../src/console/state/textValue.ts';

const press = (value: TextValue, ...chords: string[]): TextValue =>
  chords.reduce((now, chord) => editText(now, { chord, text: null }) ?? now, value);
const type = (value: TextValue, text: string): TextValue => editText(value, { chord: 'paste', text })!;

describe('editing a line', () => {
  it('inserts at the cursor', () => {
    expect(type(press(textValue('ac'), 'left'), 'b')).toEqual({ text: 'abc', cursor: 2 });
  });

  it('moves over whole graphemes', () => {
    const family = '👨‍👩‍👧';
    const value = textValue(`か${family}東`);
    expect(press(value, 'backspace').text).toBe(`か${family}`);
    expect(press(value, 'backspace', 'backspace').text).toBe('か');
    expect(press(value, 'left', 'left').cursor).toBe(1);
    expect(press(press(value, 'home'), 'right', 'right').cursor).toBe(1 + family.length);
  });

  it('knows words', () => {
    const value = textValue('/opt/東京/app.deb');
    expect(press(value, 'ctrl+w').text).toBe('/opt/東京/app.');
    expect(press(value, 'alt+b', 'alt+b', 'alt+b').cursor).toBe('/opt/'.length);
    expect(press(press(value, 'home'), 'alt+f').cursor).toBe('/opt'.length);
    expect(press(press(value, 'home'), 'alt+d').text).toBe('/東京/app.deb');
  });

  it('cuts to the beginning and to the end', () => {
    const value = press(textValue('abcdef'), 'left', 'left');
    expect(press(value, 'ctrl+u')).toEqual({ text: 'ef', cursor: 0 });
    expect(press(value, 'ctrl+k')).toEqual({ text: 'abcd', cursor: 4 });
  });

  it('stays inside the text', () => {
    expect(press(textValue(''), 'left', 'backspace', 'delete', 'right')).toEqual({ text: '', cursor: 0 });
  });

  it('leaves keys that are no editing to others', () => {
    expect(editText(textValue('a'), { chord: 'enter', text: null })).toBeNull();
    expect(editText(textValue('a'), { chord: 'tab', text: null })).toBeNull();
  });

  it('pastes lines as one line, without control characters', () => {
    expect(oneLine('a\r\nb\tc\u{1B}[31m')).toBe('a b c[31m');
  });

  it('refuses what is too long', () => {
    expect(editText(textValue('abc'), { chord: 'paste', text: 'defg' }, 5)).toEqual(textValue('abc'));
  });
});
