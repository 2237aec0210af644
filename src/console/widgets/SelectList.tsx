import { Text } from 'ink';
import SelectInput from 'ink-select-input';
import { fitCells } from '../../shared/cellWidth.ts';
import { useTheme } from './themeContext.ts';

export interface SelectListProps {
  readonly width: number;
  readonly height: number;
  readonly items: readonly { readonly id: string; readonly label: string }[];
  readonly cursor: number;
}

/** The first item in sight: the cursor's stands last where the list is longer than its place. */
export const selectListTop = (cursor: number, height: number, count: number): number =>
  count <= height ? 0 : Math.max(0, cursor - height + 1);

/**
 * A short list to choose from. ink-select-input draws and scrolls it; it does not read keys, because only the
 * KeyRouter does, so it is mounted anew where the cursor goes.
 */
export function SelectList({ width, height, items, cursor }: SelectListProps) {
  const theme = useTheme();
  return (
    <SelectInput
      key={cursor}
      isFocused={false}
      items={items.map(({ id, label }) => ({ key: id, label, value: id }))}
      initialIndex={cursor}
      limit={height}
      indicatorComponent={Nothing}
      itemComponent={({ isSelected = false, label }) => (
        <Text wrap="truncate">
          {theme.paint(
            isSelected ? 'selection' : 'text',
            fitCells(theme.shown(` ${label}`), width, { ellipsis: theme.glyphs.ellipsis }),
          )}
        </Text>
      )}
    />
  );
}

const Nothing = () => null;
