import { useCursor } from 'ink';
import { createContext, useContext, useInsertionEffect, useRef } from 'react';
import { OriginContext } from './Place.tsx';

interface Position {
  readonly x: number;
  readonly y: number;
}
type Registry = { current: { readonly owner: object; readonly position: Position } | null };

/** Holds where the focused text field wants the terminal's cursor. One a screen. */
export const CursorContext = createContext<Registry>({ current: null });

/** Mounted by the focused text field: an IME composes where the terminal's cursor is. `x` is inside the Place. */
export function CursorAt({ x, y }: Position) {
  const registry = useContext(CursorContext);
  const origin = useContext(OriginContext);
  const owner = useRef({}).current;
  useInsertionEffect(() => {
    registry.current = { owner, position: { x: origin.x + x, y: origin.y + y } };
  });
  useInsertionEffect(
    () => () => {
      if (registry.current?.owner === owner) registry.current = null;
    },
    [registry, owner],
  );
  return null;
}

/**
 * The one user of Ink's cursor. It must be the last child of the screen and be drawn with every change: React
 * commits siblings in order, so it sees what all fields have registered, whichever came or went.
 */
export function CursorHost() {
  const registry = useContext(CursorContext);
  const setPosition = useRef<((position: Position | undefined) => void) | null>(null);
  // Before useCursor's own effect, which hands the position to Ink.
  useInsertionEffect(() => setPosition.current?.(registry.current?.position));
  const { setCursorPosition } = useCursor();
  setPosition.current = setCursorPosition;
  return null;
}
