import type { Failure } from '../../domain/failure.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import type { Language } from '../../i18n/registry.ts';
import type { Snapshot } from '../../protocol/answers.ts';
import type { ServerEvent } from '../../protocol/events.ts';
import type { WizardState } from '../wizard/wizardState.ts';
import type { ConsoleState } from './consoleState.ts';
import type { LogState } from './logState.ts';
import type { ConnectionState } from './modelState.ts';
import type { Overlay } from './overlay.ts';
import type { PastChange } from './pastChange.ts';
import type { ReadChunk } from './reduceLog.ts';
import type { RunWatch } from './runState.ts';
import type { Sort } from './sort.ts';
import type { Notice, TableState, UiState } from './uiState.ts';

/** What changes the state. Reducers are pure: ids, times and answers arrive inside the action. */
export type Action =
  | {
      readonly type: 'model/connection';
      readonly connection: ConnectionState;
      readonly failure: Failure | null;
      readonly at: string;
    }
  | { readonly type: 'model/snapshot'; readonly snapshot: Snapshot }
  /** One frame's events, in their order. */
  | { readonly type: 'model/events'; readonly events: readonly ServerEvent[]; readonly at: string }
  | { readonly type: 'run/open'; readonly runId: string; readonly at: string }
  /** The watch begins again on a new connection. */
  | { readonly type: 'run/rewatched' }
  | {
      readonly type: 'run/loaded';
      readonly runId: string;
      readonly run: Run;
      readonly devices: readonly RunDevice[];
    }
  | { readonly type: 'run/view'; readonly view: RunWatch['view']; readonly cause: string | null }
  | { readonly type: 'run/show'; readonly show: RunWatch['show'] }
  | { readonly type: 'run/sort'; readonly sort: RunWatch['sort'] }
  | { readonly type: 'run/log'; readonly log: LogState | null }
  /** A part of the log was read; it counts only while that device's attempt is still shown. */
  | {
      readonly type: 'run/logChunk';
      readonly deviceId: string;
      readonly earlier: number | null;
      readonly read: ReadChunk;
      readonly place: 'alone' | 'after' | 'before';
    }
  | { readonly type: 'run/close' }
  | { readonly type: 'ui/size'; readonly width: number; readonly height: number }
  | { readonly type: 'ui/now'; readonly now: string }
  | { readonly type: 'ui/language'; readonly language: Language }
  | {
      readonly type: 'ui/set';
      readonly change: Partial<
        Pick<
          UiState,
          | 'pane'
          | 'screen'
          | 'treeTop'
          | 'filters'
          | 'stroke'
          | 'isDetailShown'
          | 'detailTop'
          | 'treeWidth'
          | 'history'
          | 'recent'
          | 'hasMouse'
        >
      >;
    }
  | { readonly type: 'ui/sort'; readonly kind: string; readonly sort: Sort }
  | { readonly type: 'ui/node'; readonly node: string }
  | { readonly type: 'ui/expanded'; readonly node: string; readonly isExpanded: boolean }
  /** Unfolds several nodes: those above one that is gone to. */
  | { readonly type: 'ui/nodes'; readonly expanded: readonly string[] }
  | { readonly type: 'ui/tab'; readonly node: string; readonly tab: number }
  | { readonly type: 'ui/table'; readonly key: string; readonly change: Partial<TableState> }
  | { readonly type: 'ui/overlayOpened'; readonly overlay: Overlay }
  /** Replaces the topmost overlay. */
  | { readonly type: 'ui/overlayChanged'; readonly overlay: Overlay }
  | { readonly type: 'ui/overlayClosed' }
  | { readonly type: 'ui/notice'; readonly notice: Notice | null }
  | { readonly type: 'ui/changeRemembered'; readonly change: PastChange }
  /** The newest one has been taken back, or cannot be. */
  | { readonly type: 'ui/changeForgotten' }
  /**
   * The wizard opens (from null), changes or closes (to null). `change` is pure and is given the state of now, so
   * that the answer of a slow command never brings back an old wizard.
   */
  | {
      readonly type: 'wizard/changed';
      readonly change: (wizard: WizardState | null, state: ConsoleState) => WizardState | null;
    };
