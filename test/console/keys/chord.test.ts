import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { chordLabel, keyEvents, pasteEvent } from '../../../src/console/keys/chord.ts';

const noKey: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};
const chords = (input: string, key: Partial<Key> = {}) =>
  keyEvents(input, { ...noKey, ...key }).map(({ chord }) => chord);

describe('chords from what Ink says', () => {
  it('names keys and their modifiers', () => {
    expect(chords('', { downArrow: true })).toEqual(['down']);
    expect(chords('', { upArrow: true, shift: true })).toEqual(['shift+up']);
    expect(chords('', { tab: true, shift: true })).toEqual(['shift+tab']);
    expect(chords('c', { ctrl: true })).toEqual(['ctrl+c']);
    expect(chords('b', { meta: true })).toEqual(['alt+b']);
    expect(chords('', { escape: true })).toEqual(['escape']);
  });

  it('takes several keys of one chunk apart, line ends among them', () => {
    expect(chords('jjj')).toEqual(['j', 'j', 'j']);
    expect(chords('/web\r')).toEqual(['/', 'w', 'e', 'b', 'enter']);
    expect(chords('a \t')).toEqual(['a', 'space', 'tab']);
  });

  it('gives text to fields, also beyond the basic plane', () => {
    expect(keyEvents('東', noKey)).toEqual([{ chord: '東', text: '東' }]);
    expect(keyEvents('𠮷', noKey)).toEqual([{ chord: '𠮷', text: '𠮷' }]);
    expect(keyEvents(' ', noKey)).toEqual([{ chord: 'space', text: ' ' }]);
  });

  it('keeps a capital letter a letter', () => {
    expect(chords('G', { shift: true })).toEqual(['G']);
  });

  it('has a paste as one event that is no command', () => {
    expect(pasteEvent('q\r')).toEqual({ chord: 'paste', text: 'q\r' });
  });

  it('writes chords as people do', () => {
    expect(chordLabel('ctrl+c')).toBe('Ctrl+C');
    expect(chordLabel('+')).toBe('+');
    expect(chordLabel('shift+tab')).toBe('Shift+Tab');
  });
});
