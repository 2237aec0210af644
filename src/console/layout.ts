import type { Rect } from './widgets/Place.tsx';

export const minimumSize = { width: 60, height: 16 } as const;

export interface Layout {
  readonly title: Rect;
  /** Everything between title and hint bar: the wizard and the run screen have it whole. */
  readonly body: Rect;
  readonly tree: Rect;
  readonly workspace: Rect;
  readonly detail: Rect;
  readonly hints: Rect;
}

/** What of the layout the admin decides. */
export interface LayoutWish {
  /** Cells; null: by the width of the terminal. */
  readonly treeWidth: number | null;
  readonly isDetailShown: boolean;
}
const usual: LayoutWish = { treeWidth: null, isDetailShown: true };

/** The tree's width within what leaves both panes of use. */
export function treeWidthWithin(width: number, wished: number | null): number {
  const own = Math.min(40, Math.max(Math.min(28, Math.floor(width * 0.36)), Math.floor(width * 0.26)));
  return Math.max(16, Math.min(wished ?? own, Math.floor(width * 0.6)));
}

/** Where the parts of the screen are; null when the terminal is too small for them. */
export function calculateLayout(width: number, height: number, wish: LayoutWish = usual): Layout | null {
  if (width < minimumSize.width || height < minimumSize.height) return null;
  const bodyHeight = height - 2;
  const treeWidth = treeWidthWithin(width, wish.treeWidth);
  const detailHeight = wish.isDetailShown ? Math.min(12, Math.max(5, Math.floor(bodyHeight * 0.24))) : 0;
  const workWidth = width - treeWidth;
  return {
    title: { x: 0, y: 0, width, height: 1 },
    body: { x: 0, y: 1, width, height: bodyHeight },
    tree: { x: 0, y: 1, width: treeWidth, height: bodyHeight },
    workspace: { x: treeWidth, y: 1, width: workWidth, height: bodyHeight - detailHeight },
    detail: { x: treeWidth, y: height - 1 - detailHeight, width: workWidth, height: detailHeight },
    hints: { x: 0, y: height - 1, width, height: 1 },
  };
}

/** The layout of the screen as it is now. */
export const layoutOf = (
  ui: LayoutWish & { readonly width: number; readonly height: number },
): Layout | null => calculateLayout(ui.width, ui.height, ui);

/** A dialog of this size in the middle of the screen, cut to what there is. */
export function centred(screen: { width: number; height: number }, width: number, height: number): Rect {
  const w = Math.min(width, screen.width);
  const h = Math.min(height, screen.height);
  return {
    x: Math.floor((screen.width - w) / 2),
    y: Math.floor((screen.height - h) / 2),
    width: w,
    height: h,
  };
}

/** Rows of the workspace's table that are in sight: without frame, tabs and heading. */
export const tableRowsInSight = (layout: Layout): number => layout.workspace.height - 4;
/** Rows of the run screen's table: without the totals, the frame and the heading. */
export const runHeaderHeight = 5;
/** Above one device of a run: what the run is and how far it is. */
export const deviceHeaderHeight = 2;
export const runRowsInSight = (layout: Layout): number => layout.body.height - runHeaderHeight - 3;
