import type { Glyphs } from '../terminal/glyphs.ts';
import { type Span, span } from '../terminal/roles.ts';

/** A bar of exactly `width` cells. Full only when it is complete, empty only when nothing is done. */
export function progressBar(glyphs: Glyphs, ratio: number, width: number): Span[] {
  const cells = Math.floor(Math.min(1, Math.max(0, ratio)) * width);
  const full = ratio > 0 && cells === 0 && width > 1 ? 1 : cells;
  return [
    span(glyphs.barFull.repeat(full), 'status.active'),
    span(glyphs.barEmpty.repeat(Math.max(0, width - full)), 'muted'),
  ];
}
