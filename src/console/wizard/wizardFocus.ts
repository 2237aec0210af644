import { type Field, type FocusableField, isChosen, isFocusable, isTyped } from './field.ts';
import { neighbourStep, stepOf } from './registry.ts';
import { wholeTaskFields } from './wholeTaskFields.ts';
import { type FooterButton, isEditing, type WizardContext, type WizardState } from './wizardState.ts';
import type { WizardValues } from './wizardValues.ts';

export function windowFields(state: WizardState, context: WizardContext): readonly Field[] {
  const { fields, showsWholeTask } = stepOf(state.step);
  const own = fields(state, context);
  return showsWholeTask ? [...own, ...wholeTaskFields(state, context)] : own;
}

/** Buttons below the window, in the order of Tab. There is nothing to go back to in the first window. */
export function footerOf(state: WizardState): readonly FooterButton[] {
  const isFirst = neighbourStep(state, -1) === null;
  // In an editor's last window Next itself saves.
  const hasSave = isEditing(state) && neighbourStep(state, 1) !== null;
  return [...(isFirst ? [] : ['back' as const]), 'next', ...(hasSave ? ['save' as const] : []), 'cancel'];
}

/** Everything that can have the focus, from top to bottom. A disabled option too: its help says why (B2). */
export const focusOrder = (fields: readonly Field[], state: WizardState): readonly string[] => [
  ...fields.filter(isFocusable).map(({ id }) => id),
  ...footerOf(state),
];

/** The focused field; null: a footer button has the focus. */
export const focusedField = (fields: readonly Field[], focus: string): FocusableField | null =>
  fields.filter(isFocusable).find(({ id }) => id === focus) ?? null;

export const textOf = (field: Field, values: WizardValues): string =>
  isTyped(field) ? (values[field.value] ?? ('fallback' in field ? (field.fallback ?? '') : '')) : '';

/** Puts the focus on this field or button, and the caret at its text's end. */
export function focusOn(state: WizardState, fields: readonly Field[], focus: string): WizardState {
  const field = focusedField(fields, focus);
  const caret = field === null ? 0 : textOf(field, state.values).length;
  return { ...state, focus, caret, isRevealed: false };
}

/** The focus `by` places further; with `wraps` from the end to the beginning. */
export function moveFocus(
  state: WizardState,
  fields: readonly Field[],
  by: number,
  wraps: boolean,
): WizardState {
  const order = focusOrder(fields, state);
  const at = Math.max(0, order.indexOf(state.focus)) + by;
  const place = wraps ? (at + order.length) % order.length : Math.min(order.length - 1, Math.max(0, at));
  return focusOn(state, fields, order[place]!);
}

/** A choice that is not taken would be taken by Enter, which should rather go on. */
const isRestingPlace = (field: FocusableField, values: WizardValues): boolean =>
  field.disabled == null && (field.kind !== 'radio' || isChosen(field, values));

/** The focus at the top of the window: its first option as it stands, or Next. */
export function focusFirst(state: WizardState, context: WizardContext): WizardState {
  const fields = windowFields(state, context);
  const wished = stepOf(state.step).firstFocus?.(state, context);
  if (wished !== undefined && focusedField(fields, wished) !== null) return focusOn(state, fields, wished);
  const first = fields.filter(isFocusable).find((field) => isRestingPlace(field, state.values));
  return focusOn(state, fields, first?.id ?? 'next');
}
