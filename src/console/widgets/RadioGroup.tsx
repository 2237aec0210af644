import { Radio } from './CheckBox.tsx';

export interface RadioGroupProps {
  readonly width: number;
  readonly choices: readonly { readonly id: string; readonly label: string; readonly isDisabled?: boolean }[];
  readonly chosen: string;
  /** Id of the choice under the cursor; null: the group has no focus. */
  readonly focused: string | null;
  readonly indent?: number;
}

/** One line a choice. */
export function RadioGroup({ width, choices, chosen, focused, indent = 0 }: RadioGroupProps) {
  return (
    <>
      {choices.map((choice) => (
        <Radio
          key={choice.id}
          width={width}
          label={choice.label}
          isOn={choice.id === chosen}
          isFocused={choice.id === focused}
          isDisabled={choice.isDisabled ?? false}
          indent={indent}
        />
      ))}
    </>
  );
}
