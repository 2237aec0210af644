import type { ConsoleContext } from '../consoleContext.ts';
import { notify } from '../perform/ask.ts';
import { typeIntoFilter } from '../perform/filterKeys.ts';
import { typeIntoForm } from '../perform/formKeys.ts';
import { typeIntoPalette } from '../perform/paletteKeys.ts';
import { typeIntoPick } from '../perform/pickKeys.ts';
import { perform } from '../perform/registry.ts';
import { words } from '../state/words.ts';
import { handleWizardKey } from '../wizard/keys.ts';
import { chordLabel, type KeyEvent } from './chord.ts';
import { keyContexts } from './keyContexts.ts';
import { findAction, isFirstStroke } from './keymap.ts';

/** Hands one key to what has the focus: a text field first, then the wizard, then the keymap. */
export function routeKey(context: ConsoleContext, event: KeyEvent) {
  const before = context.getState();
  if (before.ui.notice !== null) context.dispatch({ type: 'ui/notice', notice: null });
  if (typeIntoForm(context, event) || typeIntoFilter(context, event)) return;
  if (typeIntoPick(context, event) || typeIntoPalette(context, event)) return;
  const hasOverlay = before.ui.overlays.length > 0;
  if (before.wizard !== null && !hasOverlay) {
    const actions = handleWizardKey(before, event, context);
    if (actions !== null) {
      for (const action of actions) context.dispatch(action);
      return;
    }
  }
  const { stroke } = before.ui;
  if (stroke !== null) context.dispatch({ type: 'ui/set', change: { stroke: null } });
  const chord = stroke === null ? event.chord : `${stroke} ${event.chord}`;
  const contexts = keyContexts(before);
  const action = findAction(contexts, chord);
  if (action !== null) perform(context, action);
  else if (stroke === null && isFirstStroke(contexts, chord))
    context.dispatch({ type: 'ui/set', change: { stroke: chord } });
  else if (stroke !== null && event.chord !== 'escape')
    notify(context, words('console.why.noSuchKey', { key: chordLabel(chord) }), 'status.warning');
}
