import type { Failure } from '../../domain/failure.ts';
import type { PathSeen } from './pathSeen.ts';
import type { TextValue } from './textValue.ts';
import type { Words } from './words.ts';

export interface FormField {
  readonly id: string;
  readonly label: Words;
  readonly kind: 'text' | 'secret' | 'choice' | 'check';
  /** Stands under the form while the field has the focus. */
  readonly help?: Words;
  readonly choices?: readonly { readonly id: string; readonly label: Words | { readonly plain: string } }[];
  /** A path beside the console: Tab completes it. */
  readonly isPath?: boolean;
  /** Stands in the empty field. */
  readonly placeholder?: Words;
  readonly isRequired?: boolean | ((values: FormValues) => boolean);
  /** What is wrong with a text that is not empty: said as soon as the field is left. */
  readonly check?: (text: string, values: FormValues) => Words | Failure | null;
  /** Shown only while this says so. */
  readonly isVisible?: (values: FormValues) => boolean;
}

/** By field id: text as typed, a choice's id, or `yes`/`no` of a check box. */
export type FormValues = Readonly<Record<string, string>>;

export interface FormState {
  readonly title: Words;
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly cursors: Readonly<Record<string, number>>;
  /** Id of the focused field, or `submit` / `cancel`. */
  readonly focus: string;
  readonly submitLabel: Words;
  /** Lines that tell what is known so far (a package's name and version, read from the file). */
  readonly info: readonly Words[];
  /** What should be known before it is sent. */
  readonly warnings: readonly Words[];
  readonly problem: Words | Failure | null;
  /** What the problem is about; null: the whole form. */
  readonly problemField: string | null;
  /** Fields that were left once: their problems are shown. */
  readonly touched: ReadonlySet<string>;
  /** Fields that were changed by hand. */
  readonly edited: ReadonlySet<string>;
  /** The secret that is shown in clear while it has the focus. */
  readonly revealed: string | null;
  readonly isBusy: boolean;
  /** What stands where the path under the focus points to. */
  readonly pathSeen?: PathSeen | null;
  /** Answers null when it is done: the form closes. */
  readonly submit: (values: FormValues) => Promise<FormProblem | null>;
  /** Called when a text field is left with Enter or Tab: answers what is known of it. */
  readonly inspect?: (fieldId: string, values: FormValues) => Promise<FormInspection | null>;
}

export interface FormProblem {
  readonly field: string | null;
  readonly content: Words | Failure;
}

/** What is wrong with a field as it stands; null: nothing. */
export function fieldProblem(field: FormField, values: FormValues): Words | Failure | null {
  const text = values[field.id] ?? '';
  if (field.kind === 'secret' ? text !== '' : text.trim() !== '') return field.check?.(text, values) ?? null;
  const { isRequired = false } = field;
  const isMissing = typeof isRequired === 'function' ? isRequired(values) : isRequired;
  return isMissing ? { key: 'console.form.required' } : null;
}

export interface FormInspection {
  readonly info: readonly Words[];
  readonly problem: FormProblem | null;
  readonly values: FormValues;
  readonly fields?: readonly FormField[];
}

export const visibleFields = (form: FormState): readonly FormField[] =>
  form.fields.filter((field) => field.isVisible?.(form.values) ?? true);

export const fieldText = (form: FormState, id: string): TextValue => {
  const text = form.values[id] ?? '';
  return { text, cursor: form.cursors[id] ?? text.length };
};
