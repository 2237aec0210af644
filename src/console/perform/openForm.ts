import type { Failure, Outcome } from '../../domain/failure.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField, FormState, FormValues } from '../state/formState.ts';
import { type Words, words } from '../state/words.ts';

export interface FormOrder {
  readonly title: Words;
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly submitLabel?: Words;
  readonly info?: readonly Words[];
  readonly warnings?: readonly Words[];
  readonly submit: FormState['submit'];
  readonly inspect?: FormState['inspect'];
}

export function openForm(context: ConsoleContext, order: FormOrder) {
  const form: FormState = {
    title: order.title,
    fields: order.fields,
    values: order.values,
    cursors: {},
    focus: order.fields[0]?.id ?? 'submit',
    submitLabel: order.submitLabel ?? words('console.button.save'),
    info: order.info ?? [],
    warnings: order.warnings ?? [],
    problem: null,
    problemField: null,
    touched: new Set(),
    edited: new Set(),
    revealed: null,
    isBusy: false,
    submit: order.submit,
    ...(order.inspect ? { inspect: order.inspect } : {}),
  };
  context.dispatch({ type: 'ui/overlayOpened', overlay: { kind: 'form', form } });
}

/** A field's check by what reads its text. */
export const checkedBy =
  (read: (text: string) => Outcome<unknown>) =>
  (text: string): Failure | null => {
    const outcome = read(text);
    return outcome.ok ? null : outcome.failure;
  };

/** A form's text as the protocol wants it: empty is null. */
export const textOrNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim();
