import type { ConsoleContext } from '../consoleContext.ts';
import type { KeyEvent } from '../keys/chord.ts';
import {
  type FormField,
  type FormState,
  fieldProblem,
  fieldText,
  visibleFields,
} from '../state/formState.ts';
import { editText } from '../state/textValue.ts';
import { words } from '../state/words.ts';
import { confirm } from './ask.ts';

/** The form on top, or null. */
export function topForm(context: ConsoleContext): FormState | null {
  const top = context.getState().ui.overlays.at(-1);
  return top?.kind === 'form' ? top.form : null;
}

export const changeForm = (context: ConsoleContext, form: FormState, change: Partial<FormState>): void =>
  context.dispatch({ type: 'ui/overlayChanged', overlay: { kind: 'form', form: { ...form, ...change } } });

export const focusedField = (form: FormState): FormField | undefined =>
  visibleFields(form).find(({ id }) => id === form.focus);

/** Printable input and editing keys of the focused text field; false when the key is none of its own. */
export function typeIntoForm(context: ConsoleContext, event: KeyEvent): boolean {
  const form = topForm(context);
  if (form === null) return false;
  const field = focusedField(form);
  if (field === undefined || (field.kind !== 'text' && field.kind !== 'secret')) return false;
  const edited = editText(fieldText(form, field.id), event);
  if (edited === null) return false;
  if (form.isBusy) return true;
  changeForm(context, form, {
    values: { ...form.values, [field.id]: edited.text },
    cursors: { ...form.cursors, [field.id]: edited.cursor },
    edited: edited.text === form.values[field.id] ? form.edited : new Set(form.edited).add(field.id),
    problem: null,
    problemField: null,
  });
  if (field.isPath === true) void lookAtPath(context, edited.text);
  return true;
}

/** What the path could become is shown while it is typed; an answer to an older text is dropped. */
export async function lookAtPath(context: ConsoleContext, path: string): Promise<void> {
  const seen = await context.seePath(path);
  const form = topForm(context);
  if (form !== null && focusedField(form)?.isPath === true && form.values[form.focus] === path)
    changeForm(context, form, { pathSeen: seen });
}

/** Next or previous field or button, in a circle. A text field that is left is checked, and may be looked into. */
export function moveFormFocus(context: ConsoleContext, step: 1 | -1) {
  const form = topForm(context);
  if (form === null || form.isBusy) return;
  const order = [...visibleFields(form).map(({ id }) => id), 'submit', 'cancel'];
  const at = order.indexOf(form.focus);
  const next = order[(at + step + order.length) % order.length]!;
  changeForm(context, form, {
    focus: next,
    revealed: null,
    touched: new Set(form.touched).add(form.focus),
    // What is wrong with the whole form stays in sight while it is put right.
    ...(form.problemField === null ? {} : { problem: null, problemField: null }),
  });
  if (focusedField(form)?.kind === 'text') void inspect(context, form.focus);
}

async function inspect(context: ConsoleContext, fieldId: string): Promise<void> {
  const form = topForm(context);
  if (!form?.inspect) return;
  const text = form.values[fieldId];
  const found = await form.inspect(fieldId, form.values);
  const now = topForm(context);
  // The form may have been closed or the field edited while the server was looking.
  if (found === null || now === null || now.submit !== form.submit || now.values[fieldId] !== text) return;
  changeForm(context, now, {
    info: found.info,
    problem: found.problem?.content ?? null,
    problemField: null,
    values: { ...now.values, ...found.values },
    ...(found.fields ? { fields: found.fields } : {}),
  });
}

/** Space: another choice, or the button. */
export function toggleInForm(context: ConsoleContext) {
  const form = topForm(context);
  if (form !== null && focusedField(form) === undefined) pressInForm(context);
  else changeChoice(context, 1);
}

/** Another choice of the focused choice or check box; the other button. */
export function changeChoice(context: ConsoleContext, step: 1 | -1) {
  const form = topForm(context);
  const field = form === null ? undefined : focusedField(form);
  if (form === null || form.isBusy) return;
  if (field === undefined)
    return changeForm(context, form, { focus: form.focus === 'submit' ? 'cancel' : 'submit' });
  const ids = field.kind === 'check' ? ['no', 'yes'] : (field.choices ?? []).map(({ id }) => id);
  if (ids.length === 0) return;
  const at = ids.indexOf(form.values[field.id] ?? '');
  const next = ids[(at + step + ids.length) % ids.length]!;
  changeForm(context, form, {
    values: { ...form.values, [field.id]: next },
    edited: new Set(form.edited).add(field.id),
    problem: null,
    problemField: null,
  });
}

/** Esc: what was typed is not thrown away without a question. */
export function leaveForm(context: ConsoleContext) {
  const form = topForm(context);
  if (form === null) return;
  const isTyped = form.edited.size > 0 && !form.isBusy;
  if (!isTyped) return context.dispatch({ type: 'ui/overlayClosed' });
  confirm(context, {
    title: form.title,
    lines: [words('changes.confirm.discard')],
    decline: words('changes.button.keepEditing'),
    buttons: [
      {
        label: words('changes.button.discard'),
        perform: () => context.dispatch({ type: 'ui/overlayClosed' }),
      },
    ],
  });
}

/** Shows the focused secret in clear, or hides it again. */
export function revealSecret(context: ConsoleContext) {
  const form = topForm(context);
  if (form === null || focusedField(form)?.kind !== 'secret') return;
  changeForm(context, form, { revealed: form.revealed === form.focus ? null : form.focus });
}

/** Enter: the next field, or the button. */
export function pressInForm(context: ConsoleContext) {
  const form = topForm(context);
  if (form === null || form.isBusy) return;
  if (form.focus === 'cancel') return context.dispatch({ type: 'ui/overlayClosed' });
  if (form.focus === 'submit') return void submitForm(context, form);
  moveFormFocus(context, 1);
}

/** The form as it stands, from any of its fields: what is in order need not be walked through. */
export function sendForm(context: ConsoleContext) {
  const form = topForm(context);
  if (form !== null && !form.isBusy) void submitForm(context, form);
}

/** The first field that cannot be sent as it stands. */
function firstProblem(form: FormState): { field: string; content: NonNullable<FormState['problem']> } | null {
  for (const field of visibleFields(form)) {
    const content = fieldProblem(field, form.values);
    if (content !== null) return { field: field.id, content };
  }
  return null;
}

async function submitForm(context: ConsoleContext, form: FormState): Promise<void> {
  const wrong = firstProblem(form);
  if (wrong !== null)
    return changeForm(context, form, {
      problem: wrong.content,
      problemField: wrong.field,
      focus: wrong.field,
      touched: new Set(form.fields.map(({ id }) => id)),
    });
  changeForm(context, form, { isBusy: true, problem: null, problemField: null, revealed: null });
  const problem = await form.submit(form.values);
  const now = topForm(context);
  if (now === null || now.submit !== form.submit) return;
  if (problem === null) return context.dispatch({ type: 'ui/overlayClosed' });
  changeForm(context, now, {
    isBusy: false,
    problem: problem.content,
    problemField: problem.field,
    focus: problem.field ?? now.focus,
  });
}
