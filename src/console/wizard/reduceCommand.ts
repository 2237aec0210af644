import { type Field, type FocusableField, isChosen } from './field.ts';
import { cursorIndex, cursorRow, parentIndex, withCursor } from './listCursor.ts';
import { askToLeave, goBack, goNext, saveEdited } from './reduceSteps.ts';
import { changed } from './reduceValue.ts';
import { neighbourStep, stepOf } from './registry.ts';
import { busyKindOf } from './wizardEffect.ts';
import { focusedField, focusOn, focusOrder, moveFocus, windowFields } from './wizardFocus.ts';
import type { Focused, WizardCommand } from './wizardKeymap.ts';
import { isSending, type Transition, type WizardContext, type WizardState } from './wizardState.ts';
import type { RowVerb } from './wizardStep.ts';

interface Place {
  readonly state: WizardState;
  readonly context: WizardContext;
  readonly fields: readonly Field[];
  readonly field: Focused;
}

const isBlocked = (field: FocusableField): boolean => field.disabled != null;
/** Options a page moves over: fewer where each has its help below it, so that no help is jumped over. */
const pageOf = ({ state }: Place): number => (state.help.isAllShown ? 3 : 8);

/** Moves inside a list; past its ends the focus leaves it. */
function moveRows({ state, fields, field }: Place, by: number, leavesList: boolean): WizardState {
  if (field?.kind !== 'list' || field.rows.length === 0) return moveFocus(state, fields, by, false);
  const index = cursorIndex(state, field);
  const isOut = index + by < 0 || index + by >= field.rows.length;
  if (isOut && leavesList) return moveFocus(state, fields, Math.sign(by), false);
  return withCursor(state, field, index + by);
}

function rowVerb({ state, context, field }: Place, verb: RowVerb): WizardState {
  if (field?.kind !== 'list' || isBlocked(field)) return state;
  const row = cursorRow(state, field);
  if (row === null) return state;
  const next = stepOf(state.step).row?.(state, context, field.id, row.id, verb) ?? state;
  return next === state ? state : changed(next, field.id, context);
}

function withValue({ state, context, field }: Place): WizardState {
  if (field === null || isBlocked(field)) return state;
  if (field.kind === 'checkbox') {
    const values = { ...state.values, [field.value]: !state.values[field.value] };
    return changed({ ...state, values }, field.id, context);
  }
  if (field.kind === 'radio') {
    return changed({ ...state, values: { ...state.values, [field.value]: field.choice } }, field.id, context);
  }
  return state;
}

function pressed(place: Place): Transition {
  const { state, context, field } = place;
  if (field === null) {
    if (state.focus === 'back') return [goBack(state, context), null];
    if (state.focus === 'next') return goNext(state, context);
    if (state.focus === 'save') return saveEdited(state, context);
    return askToLeave(state, context);
  }
  if (state.busy !== null || isBlocked(field)) return [state, null];
  const [next, effect] = stepOf(state.step).press?.(state, context, field.id) ?? [state, null];
  const settled = next.focus === state.focus ? next : focusOn(next, windowFields(next, context), next.focus);
  return [effect === null ? settled : { ...settled, busy: busyKindOf(effect), problems: [] }, effect];
}

function toggle(place: Place): Transition {
  const { field } = place;
  if (field === null || field.kind === 'button') return pressed(place);
  return [field.kind === 'list' ? rowVerb(place, 'toggle') : withValue(place), null];
}

/** Enter presses a button, takes a choice that is not taken yet, and otherwise goes on: in the last window to Next. */
function activate(place: Place): Transition {
  const { state, context, field, fields } = place;
  if (field === null || field.kind === 'button') return pressed(place);
  if (field.kind === 'radio' && !isChosen(field, state.values)) return [withValue(place), null];
  const isChoice = field.kind === 'list' && field.marks === 'circles';
  if (isChoice && cursorRow(state, field)?.mark === 'off') return [rowVerb(place, 'toggle'), null];
  if (field.enterMoves === true) return [moveFocus(state, fields, 1, false), null];
  // A key that is held down must not start an installation on a fleet.
  if (neighbourStep(state, 1) === null) return [focusOn(state, fields, 'next'), null];
  return goNext(state, context);
}

/** Right opens a row, Left closes it or goes up to its parent; elsewhere they move the focus. */
function sideways(place: Place, isRight: boolean): WizardState {
  const { state, fields, field } = place;
  if (field === null) return moveFocus(state, fields, isRight ? 1 : -1, false);
  if (field.kind !== 'list') return state;
  const row = cursorRow(state, field);
  if (isRight) return row?.expanded === false ? rowVerb(place, 'expand') : state;
  if (row?.expanded === true) return rowVerb(place, 'collapse');
  const parent = parentIndex(field, cursorIndex(state, field));
  return parent < 0 ? state : withCursor(state, field, parent);
}

function toEnd({ state, fields, field }: Place, isLast: boolean): WizardState {
  if (field?.kind === 'list') return withCursor(state, field, isLast ? field.rows.length - 1 : 0);
  const order = focusOrder(fields, state);
  return focusOn(state, fields, isLast ? 'next' : order[0]!);
}

function withHelp({ state, field }: Place): WizardState {
  if (field === null) return state;
  const isShown = state.help.open.has(field.id) || state.help.isAllShown;
  const one = new Set([field.id]);
  const open = isShown ? state.help.open.difference(one) : state.help.open.union(one);
  return { ...state, help: { isAllShown: false, open } };
}

/** B2: すべて表示 | すべて非表示. */
const withAllHelp = ({ state }: Place): WizardState => ({
  ...state,
  help: { isAllShown: !state.help.isAllShown, open: new Set() },
});

const only =
  (reduce: (place: Place) => WizardState) =>
  (place: Place): Transition => [reduce(place), null];

const commands: Readonly<Record<WizardCommand, (place: Place) => Transition>> = {
  focusNext: only(({ state, fields }) => moveFocus(state, fields, 1, true)),
  focusPrevious: only(({ state, fields }) => moveFocus(state, fields, -1, true)),
  up: only((place) => moveRows(place, -1, true)),
  down: only((place) => moveRows(place, 1, true)),
  pageUp: only((place) => moveRows(place, -pageOf(place), false)),
  pageDown: only((place) => moveRows(place, pageOf(place), false)),
  first: only((place) => toEnd(place, false)),
  last: only((place) => toEnd(place, true)),
  left: only((place) => sideways(place, false)),
  right: only((place) => sideways(place, true)),
  toggle,
  markAll: only((place) => rowVerb(place, 'markAll')),
  raise: only((place) => rowVerb(place, 'raise')),
  lower: only((place) => rowVerb(place, 'lower')),
  activate,
  next: ({ state, context }) => goNext(state, context),
  back: ({ state, context }) => [goBack(state, context), null],
  help: only(withHelp),
  allHelp: only(withAllHelp),
  save: ({ state, context }) => saveEdited(state, context),
  reveal: only(({ state }) => ({ ...state, isRevealed: !state.isRevealed })),
  leave: ({ state, context }) => askToLeave(state, context),
};

/** Options are settled while the last Next is under way: only moving about and leaving are left. */
const worksWhileSubmitting: ReadonlySet<WizardCommand> = new Set([
  'focusNext',
  'focusPrevious',
  'up',
  'down',
  'help',
  'allHelp',
  'leave',
]);

export function reduceCommand(
  state: WizardState,
  command: WizardCommand,
  context: WizardContext,
): Transition {
  if (isSending(state) && !worksWhileSubmitting.has(command)) return [state, null];
  const fields = windowFields(state, context);
  return commands[command]({ state, context, fields, field: focusedField(fields, state.focus) });
}
