import { centred, type Layout } from '../layout.ts';
import type { Overlay } from '../state/overlay.ts';
import type { Rect } from '../widgets/Place.tsx';

export interface OverlayProps<K extends Overlay['kind']> {
  readonly overlay: Extract<Overlay, { kind: K }>;
  readonly layout: Layout;
}

/** A dialog in the middle of the body. */
export function inBody(layout: Layout, width: number, height: number): Rect {
  const rect = centred(layout.body, width, height);
  return { ...rect, y: rect.y + layout.body.y };
}
