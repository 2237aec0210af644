import type { Language } from '../../i18n/registry.ts';
import type { ConsoleState } from './consoleState.ts';
import { emptyHistory } from './history.ts';
import { initialModelState } from './modelState.ts';
import type { Preferences } from './preferences.ts';
import type { Notice } from './uiState.ts';

export interface StartValues {
  readonly language: Language;
  readonly capabilities: { readonly isUnicode: boolean };
  readonly size: { readonly width: number; readonly height: number };
  /** ISO time. */
  readonly now: string;
  readonly preferences?: Preferences;
  /** Which of the remembered nodes counts. */
  readonly dataFolder?: string;
  readonly isReadOnly?: boolean;
  /** `false` by --no-mouse, whatever is remembered. */
  readonly hasMouse?: boolean;
  /** Stands at the start until the next key. */
  readonly notice?: Notice | null;
}

/** The console before the server has said anything: the tree unfolded, the packages in sight. */
export const initialState = ({
  language,
  capabilities,
  size,
  now,
  preferences = {},
  dataFolder = '',
  isReadOnly = false,
  hasMouse,
  notice = null,
}: StartValues): ConsoleState => ({
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
    node: preferences.nodes?.[dataFolder] ?? 'packages',
    expanded: new Set(['server', 'managed', 'tasks', 'remote']),
    treeTop: 0,
    tabs: {},
    tables: {},
    sorts: preferences.sorts ?? {},
    stroke: null,
    isDetailShown: preferences.isDetailShown ?? true,
    detailTop: 0,
    treeWidth: preferences.treeWidth ?? null,
    history: emptyHistory,
    recent: preferences.recent ?? [],
    hasMouse: hasMouse ?? preferences.hasMouse ?? true,
    isReadOnly,
    overlays: [],
    notice,
    past: [],
    filters: [],
  },
});
