import type { CollectionName, Model } from '../../domain/model.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import type { ActionId } from '../keys/keymap.ts';
import type { Sort } from '../state/sort.ts';
import type { TreeNode } from '../state/tree.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import type { Span } from '../terminal/roles.ts';
import type { ColumnWish } from '../widgets/columns.ts';

/** What a cell is drawn with. */
export interface CellContext {
  readonly t: Translate;
  readonly model: Model;
  readonly glyphs: Glyphs;
}

export interface ColumnDefinition<Row = never> extends ColumnWish {
  readonly title: MessageKey;
  readonly align?: 'left' | 'right';
  /** Its name in a filter (`group:Tokyo/*`) and in what is remembered; absent: neither filtered nor sorted by. */
  readonly id?: string;
  /** What the filter's field looks in. Free of the language, and never drawn. */
  text?(row: Row, model: Model): string;
  /** What is sorted by; default: `text`, in the order of names. */
  order?(row: Row, model: Model): string | number;
  /** The words that `text` may be, as they are shown: `state:` understands them too. */
  readonly words?: Readonly<Record<string, MessageKey>>;
  /** The collections that `text` and `order` read besides the row itself. */
  readonly reads?: readonly CollectionName[];
}

/** A line of the detail pane: what it is called, and what it is. */
export interface DetailLine {
  readonly label: MessageKey;
  readonly value: Span;
}

/**
 * One table of the workspace, as data and pure functions. Cells and details give text that is sanitised (B102).
 * Adding one is a file in tables/ and a line in registry.ts.
 */
export interface TableDefinition<Row extends { readonly id: string } = { readonly id: string }> {
  readonly kind: string;
  readonly title: MessageKey;
  /** What to do about an empty table. */
  readonly empty: MessageKey;
  /** The collections that `rows` reads: while they stay the same, so do the rows. */
  readonly reads: readonly CollectionName[];
  readonly columns: readonly ColumnDefinition<Row>[];
  /** Until the admin sorts it himself. Its column is the second order of every other. Absent: in the order of `rows`. */
  readonly sort?: Sort;
  /** Which rows the node has. */
  rows(model: Model, node: TreeNode): readonly Row[];
  cells(row: Row, context: CellContext): readonly Span[];
  /** What the words of `/` look in. */
  searchText(row: Row): string;
  details(row: Row, context: CellContext): readonly DetailLine[];
  /** What Enter does. */
  readonly open: ActionId;
  /** The context menu, from top to bottom. */
  readonly menu: readonly ActionId[];
}

/** Numbers in names count as numbers: web2 stands before web10. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  compareNames(a.name, b.name);

export const newestFirst = (a: { readonly number: number }, b: { readonly number: number }): number =>
  b.number - a.number;
