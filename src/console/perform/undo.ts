import type { Outcome } from '../../domain/failure.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { InverseCommand, PastChange } from '../state/pastChange.ts';
import { type Words, words } from '../state/words.ts';
import { notify, notifyFailure } from './ask.ts';

export const remember = (context: ConsoleContext, change: PastChange): void =>
  context.dispatch({ type: 'ui/changeRemembered', change });

/** Remembers what cannot be taken back, so that `u` says so instead of taking back what was before it. */
export const rememberFinal = (context: ConsoleContext, what: Words, why: Words): void =>
  remember(context, { what, inverse: () => why });

/** For a question: what `u` will do afterwards. */
export const canBeUndone = words('changes.confirm.undo');
export const cannotBeUndone = (why: Words): Words => ({ key: 'changes.confirm.final', inner: { why } });

const send = (context: ConsoleContext, { command, params }: InverseCommand): Promise<Outcome<unknown>> =>
  (context.send as (name: string, given: unknown) => Promise<Outcome<unknown>>)(command, params);

/** Takes back the last change of this console; what cannot be taken back is said and let go. */
export async function undo(context: ConsoleContext): Promise<void> {
  const { past } = context.getState().ui;
  const change = past.at(-1);
  if (change === undefined) return notify(context, words('changes.nothing'), 'status.warning');
  const inverse = change.inverse(context.getState().model.collections);
  context.dispatch({ type: 'ui/changeForgotten' });
  const { what } = change;
  if (!Array.isArray(inverse)) {
    const why = inverse as Words;
    return notify(context, { key: 'changes.cannot', inner: { what, why } }, 'status.warning');
  }
  for (const order of inverse as readonly InverseCommand[]) {
    const done = await send(context, order);
    if (done.ok) continue;
    // The line was cut: it can be tried again.
    if (done.failure.isRetryable) remember(context, change);
    return notifyFailure(context, done.failure);
  }
  notify(context, { key: 'changes.undone', inner: { what } });
}
