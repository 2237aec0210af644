/**
 * What a piece of text is, never which colour it has. A symbol or a word always stands beside a status role, so
 * that nothing is said by colour alone.
 */
export type Role =
  | 'text'
  | 'muted'
  | 'heading'
  | 'accent'
  | 'border'
  | 'borderFocused'
  | 'titleBar'
  | 'selection'
  | 'selectionUnfocused'
  | 'mark'
  | 'match'
  | 'key'
  | 'input'
  | 'inputFocused'
  | 'disabled'
  | 'status.ok'
  | 'status.warning'
  | 'status.error'
  | 'status.active'
  | 'status.waiting';

/** A run of text in one role. */
export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** One line on the screen, left to right. Widgets pad it to their width. */
export type StyledLine = readonly Span[];

export const span = (text: string, role: Role = 'text'): Span => ({ text, role });
