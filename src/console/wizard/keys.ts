import type { ConsoleContext } from '../consoleContext.ts';
import type { KeyEvent } from '../keys/chord.ts';
import type { Action } from '../state/actions.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { dispatchWizard } from './wizardRuntime.ts';

/** Keys that stay the console's own: to leave it, to stop it, to draw it anew. */
const notOurs: ReadonlySet<string> = new Set(['ctrl+c', 'ctrl+z', 'ctrl+l']);

/** An open wizard takes every key but those. Null: the key is none of its own. */
export function handleWizardKey(
  { wizard }: ConsoleState,
  event: KeyEvent,
  context: ConsoleContext,
): readonly Action[] | null {
  if (wizard === null || notOurs.has(event.chord)) return null;
  dispatchWizard(context, { type: 'key', event });
  return [];
}
