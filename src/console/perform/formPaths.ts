import type { ConsoleContext } from '../consoleContext.ts';
import { completePath } from '../state/pathSeen.ts';
import { changeForm, focusedField, lookAtPath, topForm } from './formKeys.ts';

/** Tab in a path completes it, as a shell does. False: there is nothing to complete, Tab moves on. */
export function completeInForm(context: ConsoleContext): boolean {
  const form = topForm(context);
  const seen = form?.pathSeen;
  if (form === null || !seen || form.isBusy || focusedField(form)?.isPath !== true) return false;
  if (seen.path !== form.values[form.focus]) return false;
  const done = completePath(seen);
  if (done === 'leave') return false;
  if (done === 'stay') {
    changeForm(context, form, { pathSeen: { ...seen, wasAsked: true } });
    return true;
  }
  changeForm(context, form, {
    values: { ...form.values, [form.focus]: done.path },
    cursors: { ...form.cursors, [form.focus]: done.path.length },
    edited: new Set(form.edited).add(form.focus),
  });
  void lookAtPath(context, done.path);
  return true;
}
