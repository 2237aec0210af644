import type { Failure } from '../../domain/failure.ts';
import type { Language } from '../../i18n/registry.ts';
import type { History } from './history.ts';
import type { Overlay } from './overlay.ts';
import type { PastChange } from './pastChange.ts';
import type { Sort } from './sort.ts';
import type { Words } from './words.ts';

/** Where a table stands. The cursor follows its row's id; the index is used when that row is gone. */
export interface TableState {
  readonly cursorId: string | null;
  readonly cursorIndex: number;
  readonly top: number;
  readonly marks: ReadonlySet<string>;
  /** Where a range begins: the row that was marked last. */
  readonly anchorId: string | null;
  readonly filter: string;
}

export const emptyTable: TableState = {
  cursorId: null,
  cursorIndex: 0,
  top: 0,
  marks: new Set(),
  anchorId: null,
  filter: '',
};

/** A line for the admin, until the next key: what was done, or why it was not. */
export interface Notice {
  readonly content: Words | Failure;
  readonly role: 'status.ok' | 'status.warning' | 'status.error' | 'status.active';
}

export type Pane = 'tree' | 'table' | 'detail';

export interface UiState {
  readonly width: number;
  readonly height: number;
  /** ISO time; moves only while something on the screen depends on it. */
  readonly now: string;
  readonly language: Language;
  /** False: the terminal shows ASCII only. */
  readonly isUnicode: boolean;
  readonly screen: 'console' | 'run';
  readonly pane: Pane;
  /** Id of the selected node of the console tree. */
  readonly node: string;
  readonly expanded: ReadonlySet<string>;
  readonly treeTop: number;
  /** By node: which of its tables is shown. */
  readonly tabs: Readonly<Record<string, number>>;
  /** By table key, see `tableKey`. */
  readonly tables: Readonly<Record<string, TableState>>;
  /** By a table's kind: the admin's own order. */
  readonly sorts: Readonly<Record<string, Sort>>;
  /** The first stroke of a key of two (`g d`); null: none is waiting. */
  readonly stroke: string | null;
  readonly isDetailShown: boolean;
  /** First line in sight of the detail pane. */
  readonly detailTop: number;
  /** Cells; null: by the width of the terminal. */
  readonly treeWidth: number | null;
  readonly history: History;
  /** What was chosen in the palette, the newest first. */
  readonly recent: readonly string[];
  readonly hasMouse: boolean;
  /** Started with --read-only: nothing can be changed from here. */
  readonly isReadOnly: boolean;
  /** Dialogs, menus and help, the topmost last. */
  readonly overlays: readonly Overlay[];
  readonly notice: Notice | null;
  /** Filters that were kept, the newest first: Up brings them back. */
  readonly filters: readonly string[];
  /** What this console has changed, the newest last. */
  readonly past: readonly PastChange[];
}
