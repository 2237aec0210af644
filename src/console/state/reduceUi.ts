import type { Action } from './actions.ts';
import { emptyTable, type UiState } from './uiState.ts';

const mostPastChanges = 50;

export function reduceUi(ui: UiState, action: Action): UiState {
  switch (action.type) {
    case 'ui/size':
      if (action.width === ui.width && action.height === ui.height) return ui;
      return { ...ui, width: action.width, height: action.height };
    case 'ui/now':
      return { ...ui, now: action.now };
    case 'model/events':
    case 'model/connection':
      return { ...ui, now: action.at };
    case 'ui/language':
      return { ...ui, language: action.language };
    case 'ui/set':
      return { ...ui, ...action.change };
    case 'ui/sort':
      return { ...ui, sorts: { ...ui.sorts, [action.kind]: action.sort } };
    case 'ui/node':
      return { ...ui, node: action.node, detailTop: 0 };
    case 'ui/expanded': {
      const expanded = new Set(ui.expanded);
      if (action.isExpanded) expanded.add(action.node);
      else expanded.delete(action.node);
      return { ...ui, expanded };
    }
    case 'ui/nodes':
      return { ...ui, expanded: new Set([...ui.expanded, ...action.expanded]) };
    case 'ui/tab':
      return { ...ui, tabs: { ...ui.tabs, [action.node]: action.tab } };
    case 'ui/table': {
      const table = ui.tables[action.key] ?? emptyTable;
      return { ...ui, tables: { ...ui.tables, [action.key]: { ...table, ...action.change } } };
    }
    case 'ui/overlayOpened':
      return { ...ui, overlays: [...ui.overlays, action.overlay] };
    case 'ui/overlayChanged':
      return { ...ui, overlays: [...ui.overlays.slice(0, -1), action.overlay] };
    case 'ui/overlayClosed':
      return ui.overlays.length === 0 ? ui : { ...ui, overlays: ui.overlays.slice(0, -1) };
    case 'ui/notice':
      return ui.notice === action.notice ? ui : { ...ui, notice: action.notice };
    case 'ui/changeRemembered':
      return { ...ui, past: [...ui.past, action.change].slice(-mostPastChanges) };
    case 'ui/changeForgotten':
      return { ...ui, past: ui.past.slice(0, -1) };
    case 'run/open':
      return { ...ui, screen: 'run', now: action.at };
    case 'run/close':
      return { ...ui, screen: 'console' };
    default:
      return ui;
  }
}
