import type { Failure, Outcome } from '../../domain/failure.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { ChoiceItem, ConfirmButton } from '../state/overlay.ts';
import type { Notice } from '../state/uiState.ts';
import { type Words, words } from '../state/words.ts';
import { selectTarget } from './target.ts';

/** Shown until the next key. */
export const notify = (context: ConsoleContext, content: Words, role: Notice['role'] = 'status.ok'): void =>
  context.dispatch({ type: 'ui/notice', notice: { content, role } });

export const notifyFailure = (context: ConsoleContext, failure: Failure): void =>
  context.dispatch({ type: 'ui/notice', notice: { content: failure, role: 'status.error' } });

/** Waits for an answer; a failure is shown, and null returned. */
export async function answered<T>(context: ConsoleContext, outcome: Promise<Outcome<T>>): Promise<T | null> {
  const result = await outcome;
  if (result.ok) return result.value;
  notifyFailure(context, result.failure);
  return null;
}

/** A question in words of what will happen. The safe answer has the focus. */
export function confirm(
  context: ConsoleContext,
  question: { title: Words; lines: readonly Words[]; buttons: readonly ConfirmButton[]; decline?: Words },
) {
  const { title, lines, buttons, decline = words('console.button.cancel') } = question;
  const { hidden } = selectTarget(context.getState());
  const leftAlone = hidden > 0 ? [words('console.confirm.hiddenMarks', { count: hidden })] : [];
  const declined: ConfirmButton = { label: decline, perform: null };
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'confirm',
      title,
      lines: [...lines, ...leftAlone],
      buttons: [declined, ...buttons],
      cursor: 0,
    },
  });
}

/** One command for each id, in order, until one fails; answers the ids that are done. */
export async function forEach(
  context: ConsoleContext,
  ids: readonly string[],
  command: (id: string) => Promise<Outcome<unknown>>,
  done: (count: number) => Words,
): Promise<readonly string[]> {
  for (const [count, id] of ids.entries()) {
    const outcome = await command(id);
    if (outcome.ok) continue;
    notifyFailure(context, outcome.failure);
    return ids.slice(0, count);
  }
  notify(context, done(ids.length));
  return ids;
}

/** One of several; Esc chooses none. */
export function choose(
  context: ConsoleContext,
  title: Words,
  items: readonly ChoiceItem[],
  onChosen: (id: string) => void,
) {
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: { kind: 'choice', title, items, cursor: 0, onChosen },
  });
}
