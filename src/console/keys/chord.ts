import type { Key } from 'ink';

/**
 * One key press or one paste. `chord` names the key (`j`, `enter`, `shift+tab`, `ctrl+c`, `alt+b`, `space`; for a
 * paste `paste`); `text` is what a text field would insert, or null.
 */
export interface KeyEvent {
  readonly chord: string;
  readonly text: string | null;
}

const named: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x1b': 'escape',
  '\0': 'ctrl+space',
};

function characterEvent(character: string): KeyEvent {
  if (character === ' ') return { chord: 'space', text: ' ' };
  const control = controls[character];
  if (control !== undefined) return { chord: control, text: null };
  const code = character.codePointAt(0)!;
  if (code < 0x20) return { chord: `ctrl+${String.fromCodePoint(code + 0x60)}`, text: null };
  return { chord: character, text: character };
}

const modifiers = (key: Key): string => `${key.ctrl ? 'ctrl+' : ''}${key.meta ? 'alt+' : ''}`;

/** The key presses in one call of Ink's input handler: several keys may arrive in one chunk. */
export function keyEvents(input: string, key: Key): readonly KeyEvent[] {
  if (key.eventType === 'release') return [];
  const name = named.find(([flag]) => key[flag] === true)?.[1];
  if (name !== undefined) {
    const shift = key.shift && name !== 'escape' ? 'shift+' : '';
    // Ink sets meta for a lone Esc of older terminals.
    const before = name === 'escape' ? '' : modifiers(key);
    return [{ chord: before + shift + name, text: null }];
  }
  if (input === '') return [];
  if (key.ctrl || key.meta) {
    const letter = input === ' ' ? 'space' : key.ctrl ? input.toLowerCase() : input;
    return [{ chord: modifiers(key) + letter, text: null }];
  }
  return [...input].map(characterEvent);
}

export const pasteEvent = (text: string): KeyEvent => ({ chord: 'paste', text });

/** A chord as people write it, for the hint bar and the help screen: `Ctrl+C`, `Enter`, `g`. */
export function chordLabel(chord: string): string {
  const stroke = (one: string) => {
    const parts = one.split(/\+(?=.)/);
    return parts.map((part) => labels[part] ?? (parts[0] === 'ctrl' ? part.toUpperCase() : part)).join('+');
  };
  return chord.split(' ').map(stroke).join(' ');
}
const labels: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Del',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};
