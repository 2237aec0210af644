import { type StyledLine, span } from '../terminal/roles.ts';
import { Lines } from './Lines.tsx';

export interface ButtonsProps {
  readonly width: number;
  readonly buttons: readonly { readonly id: string; readonly label: string; readonly isDisabled?: boolean }[];
  /** Id of the focused one; null: none. */
  readonly focused: string | null;
  readonly indent?: number;
}

/** A row of push buttons: `[ Next ]  [ Cancel ]`. */
export function Buttons({ width, buttons, focused, indent = 1 }: ButtonsProps) {
  const line: StyledLine = [
    span(' '.repeat(indent)),
    ...buttons.flatMap(({ id, label, isDisabled }) => [
      span(`[ ${label} ]`, id === focused ? 'selection' : isDisabled ? 'disabled' : 'text'),
      span('  '),
    ]),
  ];
  return <Lines width={width} height={1} lines={[line]} />;
}
