import type { ConsoleContext } from '../consoleContext.ts';
import { typeIntoFilter } from '../perform/filterKeys.ts';
import { typeIntoForm } from '../perform/formKeys.ts';
import { typeIntoPick } from '../perform/pickKeys.ts';
import { perform } from '../perform/registry.ts';
import { handleWizardKey } from '../wizard/keys.ts';
import type { KeyEvent } from './chord.ts';
import { keyContexts } from './keyContexts.ts';
import { findAction } from './keymap.ts';

/** Hands one key to what has the focus: a text field first, then the wizard, then the keymap. */
export function routeKey(context: ConsoleContext, event: KeyEvent) {
  const before = context.getState();
  if (before.ui.notice !== null) context.dispatch({ type: 'ui/notice', notice: null });
  if (typeIntoForm(context, event) || typeIntoFilter(context, event) || typeIntoPick(context, event)) return;
  const hasOverlay = before.ui.overlays.length > 0;
  if (before.wizard !== null && !hasOverlay) {
    const actions = handleWizardKey(before, event, context);
    if (actions !== null) {
      for (const action of actions) context.dispatch(action);
      return;
    }
  }
  const action = findAction(keyContexts(before), event.chord);
  if (action !== null) perform(context, action);
}
