import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Role, StyledLine } from '../terminal/roles.ts';
import { paintLine } from './paintLine.ts';
import { useTheme } from './themeContext.ts';

const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text}</Text>;
});

export interface LinesProps {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly StyledLine[];
  /** Gives whole lines one role, by index: the cursor's row. */
  readonly wholeRoles?: Readonly<Record<number, Role>>;
}

/** Lines of text, one padded string a row. Fills its height with blanks, so that it covers what lies below. */
export function Lines({ width, height, lines, wholeRoles = {} }: LinesProps) {
  const theme = useTheme();
  const rows = Array.from({ length: Math.max(0, height) }, (_, index) =>
    paintLine(theme, lines[index] ?? [], width, wholeRoles[index]),
  );
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      {rows.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Row key={index} text={text} />
      ))}
    </Box>
  );
}
