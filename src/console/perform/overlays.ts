import type { ConsoleContext } from '../consoleContext.ts';
import type { ActionId } from '../keys/keymap.ts';
import { layoutOf } from '../layout.ts';
import type { Overlay } from '../state/overlay.ts';
import { words } from '../state/words.ts';
import { glyphSets } from '../terminal/glyphs.ts';
import { buildOverlayText } from '../viewmodels/overlayText.ts';
import { selectNode, selectTable } from '../viewmodels/selectTable.ts';
import { translate } from '../viewmodels/translate.ts';
import { notify } from './ask.ts';
import { whyDisabled } from './availability.ts';

const top = (context: ConsoleContext): Overlay | null => context.getState().ui.overlays.at(-1) ?? null;
export const closeOverlay = (context: ConsoleContext): void => context.dispatch({ type: 'ui/overlayClosed' });
const replace = (context: ConsoleContext, overlay: Overlay): void =>
  context.dispatch({ type: 'ui/overlayChanged', overlay });

/** B61: a group's workspace and node offer [Perform action], whose first item is [Install application]. */
const treeMenus: Readonly<Record<string, readonly ActionId[]>> = {
  group: [
    'installOnGroup',
    'addEntry',
    'importDevices',
    'addGroup',
    'renameGroup',
    'moveGroup',
    'removeGroup',
  ],
  managed: ['installOnGroup', 'addGroup', 'addEntry', 'importDevices'],
  unassigned: ['installOnGroup', 'addEntry', 'importDevices'],
  packages: ['installOnGroup', 'addEntry'],
  remote: ['installOnGroup', 'addEntry'],
  licenses: ['addEntry'],
  accounts: ['addEntry'],
};
const runMenu: readonly ActionId[] = [
  'runOpenRow',
  'runCauses',
  'retryRun',
  'cancelRun',
  'raiseAttempts',
  'openReport',
  'compareRun',
  'runSortNext',
];

/** B9: the context menu of what has the focus. */
export function openMenu(context: ConsoleContext) {
  const state = context.getState();
  const own =
    state.ui.screen === 'run'
      ? runMenu
      : state.ui.pane === 'tree'
        ? (treeMenus[selectNode(state).kind] ?? ['installOnGroup'])
        : selectTable(state).definition.menu;
  const items: readonly ActionId[] = state.ui.past.length > 0 ? [...own, 'undo'] : own;
  context.dispatch({ type: 'ui/overlayOpened', overlay: { kind: 'menu', items, cursor: 0 } });
}

export function moveInMenu(context: ConsoleContext, step: number) {
  const overlay = top(context);
  if (overlay?.kind !== 'menu' && overlay?.kind !== 'choice') return;
  const count = overlay.items.length;
  replace(context, { ...overlay, cursor: (overlay.cursor + step + count) % count });
}

/** `perform` runs the chosen action after the menu is gone. */
export function chooseInMenu(context: ConsoleContext, perform: (action: ActionId) => void) {
  const overlay = top(context);
  if (overlay?.kind === 'choice') {
    closeOverlay(context);
    overlay.onChosen(overlay.items[overlay.cursor]!.id);
  }
  if (overlay?.kind !== 'menu') return;
  const action = overlay.items[overlay.cursor]!;
  const why = whyDisabled(context.getState(), action);
  if (why !== null) return notify(context, words(why), 'status.warning');
  closeOverlay(context);
  perform(action);
}

export function moveButton(context: ConsoleContext, step: number) {
  const overlay = top(context);
  if (overlay?.kind !== 'confirm') return;
  const count = overlay.buttons.length;
  replace(context, { ...overlay, cursor: (overlay.cursor + step + count) % count });
}

export function pressButton(context: ConsoleContext) {
  const overlay = top(context);
  if (overlay?.kind !== 'confirm') return;
  closeOverlay(context);
  overlay.buttons[overlay.cursor]!.perform?.();
}

/** Scrolls a report or the help screen, and stays inside its text. */
export function scrollOverlay(context: ConsoleContext, to: (top: number, page: number) => number) {
  const state = context.getState();
  const overlay = top(context);
  const layout = layoutOf(state.ui);
  if (layout === null) return;
  if (overlay?.kind !== 'report' && overlay?.kind !== 'help' && overlay?.kind !== 'details') return;
  const drawing = { t: translate(state.ui.language), glyphs: glyphSets.ascii };
  const text = buildOverlayText(state, overlay, layout, drawing);
  const last = Math.max(0, text.lines.length - text.inSight);
  replace(context, { ...overlay, top: Math.min(last, Math.max(0, to(text.top, text.inSight))) });
}
