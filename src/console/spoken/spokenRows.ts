import type { Translate } from '../../i18n/translate.ts';
import { glyphSets } from '../terminal/glyphs.ts';
import type { Role } from '../terminal/roles.ts';
import type { Theme } from '../terminal/theme.ts';

/** A row of the part of the screen that has the focus, in words. */
export interface SpokenRow {
  readonly text: string;
  /** The cursor's row, the field that is typed into, the button that Enter presses. */
  readonly isFocused: boolean;
  /** What is said when the focus comes here: the row, or of a row of buttons the one. */
  readonly focus: string;
}

const { unicode } = glyphSets;
/** ECMA-48: the only look that counts here. */
const focusStart = '\u{1B}[7m';
const focusEnd = '\u{1B}[27m';
const looks = /\u{1B}\[[\d;]*m/gu;
const focusRoles: ReadonlySet<Role> = new Set(['selection', 'inputFocused']);

/** Draws for the ear: where the focus is, is all that a look says. */
export const spokenTheme: Theme = {
  glyphs: { ...unicode, cursor: ' ', marked: '※' },
  shown: (text) => text,
  paint: (role, text) => (focusRoles.has(role) && text !== '' ? focusStart + text + focusEnd : text),
};

const frames = /[─│╭╮╰╯┃█░▌]+/gu;

/** Signs as words; a state's sign goes, because its word stands beside it. */
function inWords(text: string, t: Translate): string {
  return text
    .replace(frames, ' ')
    .replaceAll(unicode.checked, ` ${t('spoken.checked')} `)
    .replaceAll(unicode.unchecked, ` ${t('spoken.unchecked')} `)
    .replaceAll('[-]', ` ${t('spoken.partly')} `)
    .replaceAll(unicode.chosen, ` ${t('spoken.chosen')} `)
    .replaceAll(unicode.notChosen, ` ${t('spoken.notChosen')} `)
    .replaceAll(unicode.expanded, ` ${t('spoken.expanded')} `)
    .replaceAll(unicode.collapsed, ` ${t('spoken.collapsed')} `)
    .replaceAll('※', ` ${t('spoken.marked')} `)
    .replaceAll(new RegExp(`${unicode.masked}+`, 'gu'), (signs) =>
      t('spoken.masked', { count: signs.length }),
    )
    .replaceAll(unicode.failed, ` ${t('spoken.error')} `)
    .replace(/[✓»·]/gu, ' ')
    .replace(/ {2,}/g, '  ')
    .trim();
}

function focusOf(row: string, text: string, t: Translate): string {
  const painted = row
    .slice(row.indexOf(focusStart) + focusStart.length)
    .split(focusEnd)[0]!
    .trim();
  const button = /^\[ (.+) \]$/u.exec(painted)?.[1];
  return button === undefined ? text : t('spoken.button', { label: button });
}

/** A frame as Ink drew it with `spokenTheme`: what stands in it, row by row, without frames and blank rows. */
export const spokenRows = (frame: string, t: Translate): SpokenRow[] =>
  frame
    .split('\n')
    .map((row) => {
      const isFocused = row.includes(focusStart);
      const text = inWords(row.replaceAll(looks, ''), t);
      return { text, isFocused, focus: isFocused ? focusOf(row, text, t) : '' };
    })
    .filter(({ text }) => text !== '');
