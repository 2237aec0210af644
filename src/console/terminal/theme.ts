import { asciiText } from './asciiText.ts';
import type { Capabilities } from './capabilities.ts';
import { type Glyphs, glyphSets } from './glyphs.ts';
import type { Role } from './roles.ts';

/** SGR parameters (ECMA-48) of each role: without colour, with 16 colours, with 256. */
type Style = readonly [none: string, sixteen: string, many: string];

const styles: Record<Role, Style> = {
  text: ['', '', ''],
  muted: ['2', '2', '38;5;245'],
  heading: ['1', '1', '1'],
  accent: ['1', '1;36', '38;5;44'],
  border: ['2', '2', '38;5;240'],
  borderFocused: ['1', '1;36', '38;5;44'],
  titleBar: ['7', '1;37;44', '1;38;5;231;48;5;24'],
  selection: ['7', '7', '1;38;5;231;48;5;25'],
  selectionUnfocused: ['4', '4', '48;5;237'],
  mark: ['1', '1;33', '1;38;5;221'],
  match: ['7', '7', '38;5;16;48;5;221'],
  key: ['1', '1;36', '1;38;5;80'],
  input: ['4', '4', '48;5;236'],
  inputFocused: ['4;1', '4;1', '38;5;231;48;5;238'],
  disabled: ['2', '2', '38;5;242'],
  'status.ok': ['', '32', '38;5;77'],
  'status.warning': ['1', '33', '38;5;221'],
  'status.error': ['1', '1;31', '38;5;203'],
  'status.active': ['', '36', '38;5;81'],
  'status.waiting': ['2', '2', '38;5;245'],
};

/** How a role looks on this terminal. */
export interface Theme {
  readonly glyphs: Glyphs;
  /** The text as this terminal can show it, in the same number of cells. */
  shown(text: string): string;
  paint(role: Role, text: string): string;
}

export function themeOf(capabilities: Capabilities): Theme {
  const column = { none: 0, '16': 1, '256': 2 }[capabilities.colours];
  return {
    glyphs: capabilities.isUnicode ? glyphSets.unicode : glyphSets.ascii,
    shown: capabilities.isUnicode ? (text) => text : asciiText,
    paint(role, text) {
      const style = styles[role][column];
      return style === '' || text === '' ? text : `\u{1B}[${style}m${text}\u{1B}[0m`;
    },
  };
}
