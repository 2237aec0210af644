import type { Failure } from '../../domain/failure.ts';
import type { Words } from '../state/words.ts';
import type { BooleanKey, TextKey, WizardValues } from './wizardValues.ts';

/** What a text says: drawn by colour and by a sign, never by colour alone. */
export type { Words };
export type WordsRole = 'normal' | 'muted' | 'warning' | 'error' | 'success';

interface Option {
  /** Unique in its window; problems and the focus name it. */
  readonly id: string;
  readonly label: Words;
  /** B2. */
  readonly help: Words;
  /** Why it cannot be chosen; null: it can. */
  readonly disabled?: Words | null;
  /** Cells of indentation below the option that it belongs to. */
  readonly indent?: number;
  /** Enter goes to the option below instead of the next window: part of a form with its own end. */
  readonly enterMoves?: boolean;
}

export interface CheckboxField extends Option {
  readonly kind: 'checkbox';
  readonly value: BooleanKey;
}

/** One choice of a group: each choice is an option of its own, with its own help. */
export interface RadioField extends Option {
  readonly kind: 'radio';
  readonly value: TextKey;
  readonly choice: string;
  /** True where the choice stands although nobody has made it. */
  readonly isImplied?: boolean;
}

export interface TextField extends Option {
  readonly kind: 'text' | 'secret';
  readonly value: TextKey;
  /** Stands in the empty field. */
  readonly placeholder?: Words;
  /** A path beside the console: Tab completes it. */
  readonly isPath?: boolean;
  /** Pasted lines become a list instead of one line. */
  readonly joinsLines?: boolean;
  /** Shown instead of the value until it is edited. */
  readonly fallback?: string;
}

export interface NumberField extends Option {
  readonly kind: 'number';
  readonly value: TextKey;
  readonly min: number;
  readonly max: number;
  /** Empty is allowed and means this. */
  readonly whenEmpty?: Words;
  readonly unit?: Words;
  /** B90: a percentage of a run's devices is taken too, `10%`. */
  readonly isShare?: boolean;
}

export interface ButtonField extends Option {
  readonly kind: 'button';
}

export type ListMark = 'on' | 'off' | 'some';

export interface ListRow {
  readonly id: string;
  /** Of the domain, untrusted: sanitised where it is drawn. */
  readonly text: string;
  /** Stands instead of the text where the row is ours. */
  readonly label?: Words;
  readonly detail?: string;
  /** Behind the detail, one after the other. */
  readonly facts?: readonly (Words | string)[];
  /** Stands instead of the detail: why something did not work. */
  readonly reason?: Failure;
  readonly role?: WordsRole;
  readonly depth?: number;
  /** Null or absent: nothing to mark here. */
  readonly mark?: ListMark | null;
  /** True where the search found this row itself, not something below it. */
  readonly isFound?: boolean;
  /** Null or absent: it has nothing below it. */
  readonly expanded?: boolean | null;
}

/** A virtual list: only the rows in sight are drawn. */
export interface ListField extends Option {
  readonly kind: 'list';
  readonly rows: readonly ListRow[];
  /** Rows in sight at most. */
  readonly height: number;
  readonly marks: 'boxes' | 'circles' | 'none';
  readonly empty: Words;
  /** Typing narrows the list to what this value's text is found in. */
  readonly search?: TextKey;
  /** What the keys do, for the hint bar. */
  readonly keys: readonly ('mark' | 'markAll' | 'expand' | 'reorder')[];
}

export interface SectionField {
  readonly kind: 'section';
  readonly id: string;
  readonly label: Words;
  /** The key that leads to what the section is about. */
  readonly chord?: string;
}

export interface NoteField {
  readonly kind: 'note';
  readonly id: string;
  /** Words of the locales, or a failure with what to do next. */
  readonly words: Words | Failure;
  /** Behind the words: what they are made of. */
  readonly parts?: readonly Words[];
  /** Behind the words: why. */
  readonly reason?: Failure;
  readonly role: WordsRole;
  readonly indent?: number;
}

/** A line of a summary: a name and what stands for it. */
export interface FactField {
  readonly kind: 'fact';
  readonly id: string;
  readonly label: Words;
  readonly values: readonly (Words | string)[];
}

export type FocusableField = CheckboxField | RadioField | TextField | NumberField | ButtonField | ListField;
/** One entry of a window, as data: one renderer draws them all. */
export type Field = FocusableField | SectionField | NoteField | FactField;

/** Why Next is refused, at the option that must change. */
export interface Problem {
  readonly field: string;
  /** Other options whose change may settle it. */
  readonly also?: readonly string[];
  readonly words: Words | Failure;
}

export const isFocusable = (field: Field): field is FocusableField =>
  field.kind !== 'section' && field.kind !== 'note' && field.kind !== 'fact';

/** A list that typing narrows. */
export const isSearched = (field: Field | null): field is ListField & { readonly search: TextKey } =>
  field?.kind === 'list' && field.search !== undefined;

export const isTyped = (field: Field): field is TextField | NumberField =>
  field.kind === 'text' || field.kind === 'secret' || field.kind === 'number';

/** True for the choice that its group stands at. */
export const isChosen = (field: RadioField, values: WizardValues): boolean =>
  values[field.value] === field.choice || field.isImplied === true;

export const isFailure = (words: Words | Failure): words is Failure => 'code' in words;
