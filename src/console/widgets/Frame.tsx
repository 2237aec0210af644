import type { ReactNode } from 'react';
import { cellWidth, cutCells } from '../../shared/cellWidth.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';
import { Place } from './Place.tsx';
import { useTheme } from './themeContext.ts';

export interface FrameProps {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly isFocused?: boolean;
  /** Stands in the lower border. */
  readonly footer?: string;
  readonly children: ReactNode;
}

/** A box with a title in its border. Its children have the inner `width - 2` by `height - 2` cells. */
export function Frame({ width, height, title, isFocused = false, footer = '', children }: FrameProps) {
  const { glyphs } = useTheme();
  const role = isFocused ? 'borderFocused' : 'border';
  const edge = (left: string, label: string, right: string): StyledLine => {
    const shown = label === '' ? '' : ` ${cutCells(label, Math.max(0, width - 6))} `;
    const rest = Math.max(0, width - 3 - cellWidth(shown));
    return [
      span(left + glyphs.horizontal, role),
      span(shown, isFocused ? 'accent' : 'heading'),
      span(glyphs.horizontal.repeat(rest) + right, role),
    ];
  };
  const side: StyledLine = [
    span(glyphs.vertical, role),
    span(' '.repeat(Math.max(0, width - 2))),
    span(glyphs.vertical, role),
  ];
  const lines = [
    edge(glyphs.topLeft, title, glyphs.topRight),
    ...Array.from({ length: Math.max(0, height - 2) }, () => side),
    edge(glyphs.bottomLeft, footer, glyphs.bottomRight),
  ];
  return (
    <>
      <Place x={0} y={0} width={width} height={height}>
        <Lines width={width} height={height} lines={lines} />
      </Place>
      <Place x={1} y={1} width={width - 2} height={height - 2}>
        {children}
      </Place>
    </>
  );
}
