import type { Language } from '../../i18n/registry.ts';
import { languages } from '../../i18n/registry.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import { selectTable } from '../viewmodels/selectTable.ts';
import { change } from './activeList.ts';
import { notify } from './ask.ts';

export function nextPane(context: ConsoleContext) {
  const { screen, pane } = context.getState().ui;
  if (screen === 'console')
    context.dispatch({ type: 'ui/set', change: { pane: pane === 'tree' ? 'table' : 'tree' } });
}

/** Esc: the filter goes, then the marks, then the focus returns to the tree. */
export function back(context: ConsoleContext) {
  const state = context.getState();
  if (state.ui.screen !== 'console' || state.ui.pane === 'tree') return;
  const { key, table } = selectTable(state);
  if (table.filter !== '')
    return change(context, key, { filter: '', cursorId: null, cursorIndex: 0, top: 0 });
  if (table.marks.size > 0) return change(context, key, { marks: new Set(), anchorId: null });
  context.dispatch({ type: 'ui/set', change: { pane: 'tree' } });
}

/** The next language of the registry, at once. A terminal without Unicode stays with English. */
export function switchLanguage(context: ConsoleContext) {
  const { language, isUnicode } = context.getState().ui;
  if (!isUnicode) return notify(context, words('console.why.noUnicode'), 'status.warning');
  const all = Object.keys(languages) as Language[];
  context.dispatch({ type: 'ui/language', language: all[(all.indexOf(language) + 1) % all.length]! });
}
