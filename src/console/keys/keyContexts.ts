import type { ConsoleState } from '../state/consoleState.ts';
import type { Overlay } from '../state/overlay.ts';
import { needsFirstSteps } from '../viewmodels/firstSteps.ts';
import type { KeyContext } from './keymap.ts';

const overlayContext: Record<Overlay['kind'], KeyContext> = {
  menu: 'menu',
  choice: 'menu',
  pick: 'pick',
  confirm: 'confirm',
  form: 'form',
  filter: 'filter',
  logSearch: 'logSearch',
  palette: 'palette',
  report: 'report',
  details: 'report',
  help: 'report',
};

/** The stack of focus contexts, the topmost first: an overlay hides everything below but what always works. */
export function keyContexts(state: ConsoleState): readonly KeyContext[] {
  const overlay = state.ui.overlays.at(-1);
  if (overlay) return [overlayContext[overlay.kind], 'always'];
  if (state.wizard !== null) return ['always'];
  if (state.ui.screen === 'run')
    return state.run?.view === 'device'
      ? ['runDevice', 'global', 'always']
      : ['run', 'list', 'global', 'always'];
  if (state.ui.pane === 'detail') return ['detail', 'global', 'always'];
  const first = needsFirstSteps(state) ? (['firstSteps'] as const) : [];
  return [...first, state.ui.pane, 'list', 'global', 'always'];
}
