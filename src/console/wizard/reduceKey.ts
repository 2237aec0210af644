import type { KeyEvent } from '../keys/chord.ts';
import { completePath } from '../state/pathSeen.ts';
import { editText, type TextValue, textValue } from '../state/textValue.ts';
import { type FocusableField, isTyped, type NumberField, type TextField } from './field.ts';
import { reduceCommand } from './reduceCommand.ts';
import { reduceSearch } from './reduceSearch.ts';
import { changed } from './reduceValue.ts';
import { stepOf } from './registry.ts';
import { jumpTo } from './wholeTask.ts';
import { wizardClosed } from './wizardClosed.ts';
import { focusedField, textOf, windowFields } from './wizardFocus.ts';
import { commandOf } from './wizardKeymap.ts';
import {
  isEditing,
  isSending,
  type Transition,
  type WizardContext,
  type WizardState,
} from './wizardState.ts';

const longestText = 65_536;

/** A paste's last line end is no part of it; a list's lines become one line. */
function pasted(event: KeyEvent, field: TextField | NumberField): KeyEvent {
  if (event.text === null || event.text.length < 2) return event;
  const text = event.text.replace(/[\r\n]+$/, '');
  const isJoined = field.kind === 'text' && field.joinsLines === true;
  return { ...event, text: isJoined ? text.replace(/\s*[\r\n]+\s*/g, ', ') : text };
}

function typed(
  state: WizardState,
  field: FocusableField | null,
  event: KeyEvent,
  context: WizardContext,
): Transition | null {
  if (field === null || field.disabled != null) return null;
  const searched = reduceSearch(state, field, event, context);
  if (searched !== null) return [searched, null];
  if (!isTyped(field)) return null;
  if (event.chord === 'tab') return completed(state, field, context);
  const before: TextValue = { text: textOf(field, state.values), cursor: state.caret };
  const after = editText(before, pasted(event, field), longestText);
  if (after === null) return null;
  return withText(state, field, after, context);
}

/** The text and its caret; what a path points to is looked up beside the wizard. */
function withText(
  state: WizardState,
  field: TextField | NumberField,
  { text, cursor }: TextValue,
  context: WizardContext,
): Transition {
  if (text === textOf(field, state.values)) return [{ ...state, caret: cursor }, null];
  const values = { ...state.values, [field.value]: text };
  const next = changed({ ...state, values, caret: cursor }, field.id, context);
  const isPath = field.kind === 'text' && field.isPath === true;
  return [next, isPath ? { kind: 'lookAtPath', field: field.id, path: text } : null];
}

/** Tab in a path completes it, as a shell does; elsewhere, and when there is nothing to complete, it moves on. */
function completed(
  state: WizardState,
  field: TextField | NumberField,
  context: WizardContext,
): Transition | null {
  const seen = state.pathsSeen[field.id];
  if (field.kind !== 'text' || field.isPath !== true || seen === undefined) return null;
  if (seen.path !== textOf(field, state.values)) return null;
  const done = completePath(seen);
  if (done === 'leave') return null;
  if (done !== 'stay') return withText(state, field, textValue(done.path), context);
  return [{ ...state, pathsSeen: { ...state.pathsSeen, [field.id]: { ...seen, wasAsked: true } } }, null];
}

const otherAnswer: ReadonlySet<string> = new Set([
  'left',
  'right',
  'up',
  'down',
  'tab',
  'shift+tab',
  'h',
  'l',
]);

/** Esc asks first; the safe answer has the focus. */
function answered(state: WizardState, { chord }: KeyEvent): Transition {
  const isPressed = chord === 'enter' || chord === 'space';
  if (chord === 'y' || (isPressed && state.leaving === 'leave')) return wizardClosed(state, null);
  if (chord === 'escape' || chord === 'n' || isPressed) return [{ ...state, leaving: null }, null];
  if (!otherAnswer.has(chord)) return [state, null];
  return [{ ...state, leaving: state.leaving === 'stay' ? 'leave' : 'stay' }, null];
}

/** One key or paste. Each is reduced by itself, so three in one chunk move three rows. */
export function reduceKey(state: WizardState, event: KeyEvent, context: WizardContext): Transition {
  if (state.leaving !== null) return answered(state, event);
  const field = focusedField(windowFields(state, context), state.focus);
  const edited = isSending(state) ? null : typed(state, field, event, context);
  if (edited !== null) return edited;
  const jumped = stepOf(state.step).showsWholeTask ? jumpTo(state, context, event.chord) : null;
  if (jumped !== null) return [jumped, null];
  const command = commandOf(event.chord, field, isEditing(state));
  return command === null ? [state, null] : reduceCommand(state, command, context);
}
