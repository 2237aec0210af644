import { cellWidth } from '../../shared/cellWidth.ts';
import { type Span, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';

export interface HintBarProps {
  readonly width: number;
  /** The most useful first: those that do not fit are left out whole. */
  readonly hints: readonly Hint[];
}

interface Hint {
  readonly chord: string;
  readonly label: string;
}

/** The hints that are shown, each with the cells it takes. A long one that does not fit gives way to shorter ones. */
export function hintsShown<Own extends Hint>(
  hints: readonly Own[],
  width: number,
): readonly { readonly hint: Own; readonly width: number }[] {
  let left = width;
  return hints.flatMap((hint) => {
    const own = cellWidth(hint.chord) + cellWidth(hint.label) + 4;
    if (own > left) return [];
    left -= own;
    return [{ hint, width: own }];
  });
}

/** The last line of the screen: keys that work here. */
export function HintBar({ width, hints }: HintBarProps) {
  const line = hintsShown(hints, width).flatMap(({ hint: { chord, label } }): Span[] => [
    span(' '),
    span(chord, 'key'),
    span(` ${label}  `, 'muted'),
  ]);
  return <Lines width={width} height={1} lines={[line]} />;
}
