import { type StyledLine, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';
import { wrapCells } from './wrapCells.ts';

export interface HelpTextProps {
  readonly width: number;
  readonly text: string;
  readonly isOpen: boolean;
  readonly indent?: number;
}

/** Lines that the help takes: none when it is folded. */
export const helpTextHeight = ({ width, text, isOpen, indent = 0 }: HelpTextProps): number =>
  isOpen ? wrapCells(text, width - indent - 2).length : 0;

/** Inline help of an option (B2): unfolds below it. */
export function HelpText(props: HelpTextProps) {
  const { width, text, isOpen, indent = 0 } = props;
  if (!isOpen) return null;
  const lines = wrapCells(text, width - indent - 2).map(
    (line): StyledLine => [span(' '.repeat(indent)), span(`  ${line}`, 'muted')],
  );
  return <Lines width={width} height={lines.length} lines={lines} />;
}
