import { span } from '../terminal/roles.ts';
import { CursorAt } from './cursor.tsx';
import { Lines } from './Lines.tsx';
import { textWindow } from './textWindow.ts';
import { useTheme } from './themeContext.ts';

export interface TextFieldProps {
  /** Sanitised by its owner. */
  readonly text: string;
  /** Offset in UTF-16 units. */
  readonly cursor: number;
  readonly width: number;
  readonly isFocused: boolean;
  /** Shows a sign instead of each character (B101). */
  readonly isMasked?: boolean;
  readonly placeholder?: string;
  /** Where the field begins inside the surrounding Place, for the terminal's cursor. */
  readonly x: number;
  readonly y: number;
}

/** One editable line. Its keys go through the router: `editText` (state/textValue.ts) changes the value. */
export function TextField(props: TextFieldProps) {
  const { text, cursor, width, isFocused, isMasked = false, placeholder = '' } = props;
  const { glyphs } = useTheme();
  const drawn = isMasked ? glyphs.masked.repeat([...text].length) : text;
  const at = isMasked ? [...text.slice(0, cursor)].length * glyphs.masked.length : cursor;
  const { shown, cell } = textWindow(drawn, isFocused ? at : 0, width);
  const isEmpty = text === '';
  const role = isFocused ? 'inputFocused' : 'input';
  return (
    <>
      <Lines
        width={width}
        height={1}
        lines={[[span(isEmpty && !isFocused ? placeholder : shown, role)]]}
        wholeRoles={{ 0: role }}
      />
      {isFocused ? <CursorAt x={props.x + cell} y={props.y} /> : null}
    </>
  );
}
