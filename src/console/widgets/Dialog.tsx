import { type StyledLine, span } from '../terminal/roles.ts';
import { Buttons, type ButtonsProps, buttonRows } from './Buttons.tsx';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';
import { wrapCells } from './wrapCells.ts';

export interface DialogProps {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Paragraphs: wrapped to the width. */
  readonly paragraphs: readonly string[];
  readonly buttons: ButtonsProps['buttons'];
  readonly focused: string;
  readonly onPress?: (id: string) => void;
}

/** Lines that a dialog of this width needs, frame and buttons included. */
export const dialogHeight = (
  paragraphs: readonly string[],
  buttons: ButtonsProps['buttons'],
  width: number,
): number =>
  paragraphs.reduce((sum, text) => sum + wrapCells(text, width - 4).length, 0) +
  buttonRows(buttons, width - 2).length +
  4;

/** A question with its answers. */
export function Dialog({ width, height, title, paragraphs, buttons, focused, onPress }: DialogProps) {
  const lines = paragraphs
    .flatMap((text) => wrapCells(text, width - 4))
    .map((text): StyledLine => [span(` ${text}`)]);
  const textHeight = height - 2 - buttonRows(buttons, width - 2).length;
  return (
    <Frame width={width} height={height} title={title} isFocused>
      <Lines width={width - 2} height={textHeight} lines={[[], ...lines]} />
      <Buttons
        width={width - 2}
        buttons={buttons}
        focused={focused}
        y={textHeight}
        {...(onPress ? { onPress } : {})}
      />
    </Frame>
  );
}
