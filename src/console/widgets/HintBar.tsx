import { cellWidth } from '../../shared/cellWidth.ts';
import { type Span, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';

export interface HintBarProps {
  readonly width: number;
  /** The most useful first: those that do not fit are left out whole. */
  readonly hints: readonly { readonly chord: string; readonly label: string }[];
}

/** How many cells each hint takes that is shown. */
export function hintWidths({ width, hints }: HintBarProps): number[] {
  const widths: number[] = [];
  let used = 0;
  for (const { chord, label } of hints) {
    const own = cellWidth(chord) + cellWidth(label) + 4;
    if (used + own > width) break;
    used += own;
    widths.push(own);
  }
  return widths;
}

/** The last line of the screen: keys that work here. */
export function HintBar({ width, hints }: HintBarProps) {
  const line = hints
    .slice(0, hintWidths({ width, hints }).length)
    .flatMap(({ chord, label }): Span[] => [span(' '), span(chord, 'key'), span(` ${label}  `, 'muted')]);
  return <Lines width={width} height={1} lines={[line]} />;
}
