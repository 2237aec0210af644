import type { KeyEvent } from '../keys/chord.ts';
import { editText, textValue } from '../state/textValue.ts';
import { type FocusableField, isSearched } from './field.ts';
import { focusedField, windowFields } from './wizardFocus.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

const longestSearch = 200;
/** Signs that are keys of a list until something is typed into it: the keymap has them, `/` only begins. */
const keysOfList: ReadonlySet<string> = new Set(['+', '-', '?', '/']);
const edits: ReadonlySet<string> = new Set(['backspace', 'ctrl+h', 'ctrl+u', 'ctrl+w']);

/** Whether the key is typed into the list: Space marks, `*` marks all, everything else that can be read narrows. */
function isTypedInto(event: KeyEvent, before: string): boolean {
  if (event.chord === 'paste') return true;
  if (event.chord === 'space' || event.chord === '*') return false;
  if (before === '') return event.text !== null && !keysOfList.has(event.chord);
  return event.text !== null || edits.has(event.chord) || event.chord === 'escape';
}

/** The cursor goes to the first row that was found, so that Space takes it. */
function withFirstFound(state: WizardState, listId: string, context: WizardContext): WizardState {
  const list = focusedField(windowFields(state, context), listId);
  if (list?.kind !== 'list') return state;
  const row = list.rows.find(({ isFound }) => isFound === true) ?? list.rows[0];
  return row === undefined ? state : { ...state, cursors: { ...state.cursors, [listId]: row.id } };
}

/** Typing narrows the list under the focus. Null: the key is none of its own. */
export function reduceSearch(
  state: WizardState,
  field: FocusableField | null,
  event: KeyEvent,
  context: WizardContext,
): WizardState | null {
  if (!isSearched(field)) return null;
  const before = state.values[field.search] ?? '';
  if (before === '' && event.chord === '/') return state;
  if (!isTypedInto(event, before)) return null;
  const after = event.chord === 'escape' ? textValue('') : editText(textValue(before), event, longestSearch);
  if (after === null || after.text === before) return state;
  const next = { ...state, values: { ...state.values, [field.search]: after.text } };
  return withFirstFound(next, field.id, context);
}
