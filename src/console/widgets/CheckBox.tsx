import { type Role, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';
import { useTheme } from './themeContext.ts';

export interface OptionProps {
  readonly width: number;
  readonly label: string;
  readonly isOn: boolean;
  readonly isFocused: boolean;
  readonly isDisabled?: boolean;
  readonly indent?: number;
}

const roleOf = ({ isFocused, isDisabled }: OptionProps): Role =>
  isFocused ? 'selection' : isDisabled ? 'disabled' : 'text';

/** `[x] label` */
export function CheckBox(props: OptionProps) {
  const { glyphs } = useTheme();
  const sign = props.isOn ? glyphs.checked : glyphs.unchecked;
  return (
    <Lines
      width={props.width}
      height={1}
      lines={[[span(' '.repeat(props.indent ?? 0)), span(`${sign} ${props.label}`, roleOf(props))]]}
    />
  );
}

/** `(•) label`: one choice of a group. */
export function Radio(props: OptionProps) {
  const { glyphs } = useTheme();
  const sign = props.isOn ? glyphs.chosen : glyphs.notChosen;
  return (
    <Lines
      width={props.width}
      height={1}
      lines={[[span(' '.repeat(props.indent ?? 0)), span(`${sign} ${props.label}`, roleOf(props))]]}
    />
  );
}
