import type { Translate } from '../../../i18n/translate.ts';
import { translator } from '../../../i18n/translate.ts';
import { searchForm } from '../../../shared/searchForm.ts';
import { chordLabel } from '../../keys/chord.ts';
import { keyContexts } from '../../keys/keyContexts.ts';
import { type ActionId, bindingsOf, type KeyContext } from '../../keys/keymap.ts';
import type { ConsoleState } from '../../state/consoleState.ts';
import { memoise } from '../../state/memoise.ts';

export interface PaletteAction {
  /** Names it in what was chosen lately: `action:…`. */
  readonly id: string;
  readonly action: ActionId;
  readonly label: string;
  /** The key that does the same without the palette. */
  readonly chord: string;
  readonly text: string;
}

/** Keys that move something that is in sight, and the palette itself: nobody looks for them by name. */
const notListed =
  /^(palette|back|runBack|nextPane|list|log|detail|tree(Enter|Expand|Collapse)|tableOpen|runOpenRow|mark(Up|Down)$|tab(Next|Previous)|pane)/;

/** The English words find an action in every language: a Japanese keyboard may be in either mode. */
const english = translator('en');

const listed = memoise((contexts: string, t: Translate): readonly PaletteAction[] => {
  const found = new Map<string, PaletteAction>();
  for (const context of contexts.split(' ') as KeyContext[])
    for (const { action, chords, describe } of bindingsOf(context)) {
      const label = t(describe);
      // The same words on tree and table are one thing: the focused pane's counts.
      if (notListed.test(action) || found.has(label)) continue;
      const text = searchForm(`${label} ${english(describe)} ${action}`);
      found.set(label, { id: `action:${action}`, action, label, chord: chordLabel(chords[0]!), text });
    }
  return [...found.values()];
});

/** Every action that can be reached from here, those of the focused pane first. */
export function paletteActions(state: ConsoleState, t: Translate): readonly PaletteAction[] {
  const below = { ...state, ui: { ...state.ui, overlays: [] } };
  const focused = keyContexts(below);
  const others: readonly KeyContext[] = state.ui.screen === 'console' ? ['table', 'tree'] : [];
  return listed([...new Set([...focused, ...others])].join(' '), t);
}
