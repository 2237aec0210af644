import type { Failure } from '../../../domain/failure.ts';
import { failureText } from '../../../i18n/failureText.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { say } from '../../state/words.ts';
import type { Glyphs } from '../../terminal/glyphs.ts';
import { type Role, type StyledLine, span } from '../../terminal/roles.ts';
import { wrapCells } from '../../widgets/wrapCells.ts';
import { type FocusableField, isFailure, type Words, type WordsRole } from '../field.ts';
import type { WizardState } from '../wizardState.ts';

/** What every field is drawn with. */
export interface Drawing {
  readonly state: WizardState;
  readonly t: Translate;
  readonly glyphs: Glyphs;
  /** Cells of the window's body. */
  readonly width: number;
  readonly height: number;
}

/** Where the terminal's cursor stands, inside the lines that are drawn. */
export interface Caret {
  readonly line: number;
  readonly cell: number;
}

/** A field as lines. */
export interface Drawn {
  readonly lines: readonly StyledLine[];
  /** The line that must stay in sight while the field has the focus. */
  readonly focusLine: number;
  readonly caret: Caret | null;
}

export const drawn = (lines: readonly StyledLine[], caret: Caret | null = null): Drawn => ({
  lines,
  focusLine: 0,
  caret,
});

export const isFocused = ({ state }: Drawing, field: FocusableField): boolean => state.focus === field.id;

export const rolesOfWords: Readonly<Record<WordsRole, Role>> = {
  normal: 'text',
  muted: 'muted',
  warning: 'status.warning',
  error: 'status.error',
  success: 'status.ok',
};

/** The sign before a text whose role means something: never colour alone. */
export const signOf = (glyphs: Glyphs, role: WordsRole): string =>
  ({
    normal: '',
    muted: '',
    warning: `${glyphs.warning} `,
    error: `${glyphs.failed} `,
    success: `${glyphs.ok} `,
  })[role];

/** Words or a failure with what to do next. */
export function sayAll({ t }: Drawing, words: Words | Failure): string {
  if (!isFailure(words)) return say(t, words);
  const { message, next } = failureText(t, words);
  return `${message} ${next}`;
}

/** Longer lines are hard to read, however wide the terminal is. */
const longestLine = 110;

/** `first` stands before the text's first line, blanks of the same width before the others. */
export function hanging(
  { width }: Pick<Drawing, 'width'>,
  indent: number,
  first: string,
  text: string,
  role: Role,
): readonly StyledLine[] {
  const room = Math.max(10, Math.min(longestLine, width - indent - first.length));
  return wrapCells(text, room).map((line, index): StyledLine => {
    const before = index === 0 ? first : ' '.repeat(first.length);
    return [span(' '.repeat(indent)), span(`${before}${line}`, role)];
  });
}

/** Why an option cannot be used, behind its label. */
export const reasonOf = ({ t }: Drawing, field: FocusableField): string =>
  field.disabled == null ? '' : t('wizard.because', { reason: say(t, field.disabled) });
