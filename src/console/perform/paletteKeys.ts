import type { ConsoleContext } from '../consoleContext.ts';
import type { KeyEvent } from '../keys/chord.ts';
import type { ActionId } from '../keys/keymap.ts';
import type { Overlay } from '../state/overlay.ts';
import { editText, textValue } from '../state/textValue.ts';
import { words } from '../state/words.ts';
import { isAction, type PaletteItem, selectPalette } from '../viewmodels/palette/selectPalette.ts';
import { notify } from './ask.ts';
import { whyDisabled } from './availability.ts';
import { jump, jumpToRow } from './places.ts';

type Palette = Extract<Overlay, { kind: 'palette' }>;

function topPalette(context: ConsoleContext): Palette | null {
  const top = context.getState().ui.overlays.at(-1);
  return top?.kind === 'palette' ? top : null;
}

export const openPalette = (context: ConsoleContext): void =>
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: { kind: 'palette', value: textValue(''), cursor: 0 },
  });

/** Printable input and editing keys; the list follows each of them. */
export function typeIntoPalette(context: ConsoleContext, event: KeyEvent): boolean {
  const palette = topPalette(context);
  // Up and down have meanings of readline's own that a list needs more.
  if (palette === null || event.chord === 'ctrl+p' || event.chord === 'ctrl+n') return false;
  const value = editText(palette.value, event, 200);
  if (value === null) return false;
  const cursor = value.text === palette.value.text ? palette.cursor : 0;
  context.dispatch({ type: 'ui/overlayChanged', overlay: { ...palette, value, cursor } });
  return true;
}

export function moveInPalette(context: ConsoleContext, by: number) {
  const palette = topPalette(context);
  if (palette === null) return;
  const count = selectPalette(context.getState(), palette.value.text).length;
  const cursor = Math.max(0, Math.min(count - 1, palette.cursor + by));
  context.dispatch({ type: 'ui/overlayChanged', overlay: { ...palette, cursor } });
}

const recentAtMost = 20;

/** Does the action, or goes to the object. One that is off says why, and the palette stays. */
export function chooseInPalette(context: ConsoleContext, perform: (action: ActionId) => void) {
  const palette = topPalette(context);
  if (palette === null) return;
  const state = context.getState();
  const item = selectPalette(state, palette.value.text)[palette.cursor];
  if (item === undefined) return;
  const why = isAction(item) ? whyDisabled(state, item.action) : null;
  if (why !== null) return notify(context, words(why), 'status.warning');
  context.dispatch({ type: 'ui/overlayClosed' });
  const recent = [item.id, ...state.ui.recent.filter((id) => id !== item.id)].slice(0, recentAtMost);
  context.dispatch({ type: 'ui/set', change: { recent } });
  follow(context, item, perform);
}

function follow(context: ConsoleContext, item: PaletteItem, perform: (action: ActionId) => void): void {
  if (isAction(item)) perform(item.action);
  else if ('run' in item.leadsTo) context.openRun(item.leadsTo.run);
  else if (item.leadsTo.row === null) jump(context, item.leadsTo.node);
  else jumpToRow(context, item.leadsTo.node, item.leadsTo.row, item.leadsTo.tab);
}
