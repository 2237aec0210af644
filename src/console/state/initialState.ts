import type { Language } from '../../i18n/registry.ts';
import type { ConsoleState } from './consoleState.ts';
import { initialModelState } from './modelState.ts';

export interface StartValues {
  readonly language: Language;
  readonly capabilities: { readonly isUnicode: boolean };
  readonly size: { readonly width: number; readonly height: number };
  /** ISO time. */
  readonly now: string;
}

/** The console before the server has said anything: the tree unfolded, the packages in sight. */
export const initialState = ({ language, capabilities, size, now }: StartValues): ConsoleState => ({
  model: { ...initialModelState, connectionSince: now },
  run: null,
  wizard: null,
  ui: {
    width: size.width,
    height: size.height,
    now,
    language,
    isUnicode: capabilities.isUnicode,
    screen: 'console',
    pane: 'tree',
    node: 'packages',
    expanded: new Set(['server', 'managed', 'tasks', 'remote']),
    treeTop: 0,
    tabs: {},
    tables: {},
    overlays: [],
    notice: null,
    past: [],
  },
});
