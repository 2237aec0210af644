import type { ConsoleContext } from '../consoleContext.ts';
import type { KeyEvent } from '../keys/chord.ts';
import { editText } from '../state/textValue.ts';
import { buildPickItems, type PickOverlayState } from '../viewmodels/pickItems.ts';
import { translate } from '../viewmodels/translate.ts';

const topPick = (context: ConsoleContext): PickOverlayState | null => {
  const top = context.getState().ui.overlays.at(-1);
  return top?.kind === 'pick' ? top : null;
};

const itemsOf = (context: ConsoleContext, pick: PickOverlayState) =>
  buildPickItems(pick, translate(context.getState().ui.language));

/** Every key of a text field narrows the list; the first item that is left has the cursor. */
export function typeIntoPick(context: ConsoleContext, event: KeyEvent): boolean {
  const pick = topPick(context);
  const query = pick === null ? null : editText(pick.query, event, 1000);
  if (pick === null || query === null) return false;
  const cursor = query.text === pick.query.text ? pick.cursor : 0;
  context.dispatch({ type: 'ui/overlayChanged', overlay: { ...pick, query, cursor } });
  return true;
}

export function moveInPick(context: ConsoleContext, step: 1 | -1) {
  const pick = topPick(context);
  const count = pick === null ? 0 : itemsOf(context, pick).length;
  if (pick === null || count === 0) return;
  const cursor = (pick.cursor + step + count) % count;
  context.dispatch({ type: 'ui/overlayChanged', overlay: { ...pick, cursor } });
}

export function choosePicked(context: ConsoleContext) {
  const pick = topPick(context);
  const item = pick === null ? undefined : itemsOf(context, pick)[pick.cursor];
  if (pick === null || item === undefined) return;
  context.dispatch({ type: 'ui/overlayClosed' });
  pick.onChosen(item.id, pick.query.text.trim());
}
