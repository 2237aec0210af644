import { Box } from 'ink';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

/** Where a part of the screen begins, in cells from the top left corner of the terminal. */
export const OriginContext = createContext<{ readonly x: number; readonly y: number }>({ x: 0, y: 0 });

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Puts its children at a fixed place inside the surrounding Place; what is drawn later covers what is below. Nothing
 * is clipped (Ink would cut every line again in every frame): children are given their exact size.
 */
export function Place({ x, y, width, height, children }: Rect & { readonly children: ReactNode }) {
  const outer = useContext(OriginContext);
  const origin = useMemo(() => ({ x: outer.x + x, y: outer.y + y }), [outer, x, y]);
  if (width <= 0 || height <= 0) return null;
  return (
    <Box position="absolute" left={x} top={y} width={width} height={height} flexDirection="column">
      <OriginContext value={origin}>{children}</OriginContext>
    </Box>
  );
}
