import { createContext, useContext, useInsertionEffect, useRef } from 'react';
import { OriginContext } from './Place.tsx';

/** A press inside an area; `x` and `y` count from its own corner. */
export interface MousePress {
  readonly button: 'left' | 'middle' | 'right' | 'wheelUp' | 'wheelDown';
  readonly x: number;
  readonly y: number;
  readonly isDouble: boolean;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  readonly onMouse: (press: MousePress) => void;
}

/** The areas that are on the screen now, by who drew them. */
export class HitAreas {
  readonly #areas = new Map<object, Area>();

  put(owner: object, area: Area): void {
    this.#areas.set(owner, area);
  }

  remove(owner: object): void {
    this.#areas.delete(owner);
  }

  /** Hands a press to the smallest area of this layer that is there. */
  press(press: MousePress, layer: number): void {
    const hit = [...this.#areas.values()]
      .filter(
        (area) =>
          area.layer === layer &&
          press.x >= area.x &&
          press.x < area.x + area.width &&
          press.y >= area.y &&
          press.y < area.y + area.height,
      )
      .sort((a, b) => a.width * a.height - b.width * b.height)[0];
    hit?.onMouse({ ...press, x: press.x - hit.x, y: press.y - hit.y });
  }
}

export const HitAreasContext = createContext(new HitAreas());
/** What an overlay draws lies above the rest: only its areas answer. */
export const HitLayerContext = createContext(0);

export interface HitAreaProps {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly onMouse: (press: MousePress) => void;
}

/** A part of the surrounding Place that answers the mouse. Draws nothing. */
export function HitArea({ x = 0, y = 0, width, height, onMouse }: HitAreaProps) {
  const areas = useContext(HitAreasContext);
  const layer = useContext(HitLayerContext);
  const origin = useContext(OriginContext);
  const owner = useRef({}).current;
  useInsertionEffect(() => {
    areas.put(owner, { x: origin.x + x, y: origin.y + y, width, height, layer, onMouse });
  });
  useInsertionEffect(() => () => areas.remove(owner), [areas, owner]);
  return null;
}
