import { useContext, useEffect, useRef } from 'react';
import type { ConsoleContext } from '../consoleContext.ts';
import type { MouseInput } from '../terminal/mouse.ts';
import { HitAreasContext } from '../widgets/HitArea.tsx';
import { routeKey } from './route.ts';

const doubleClickMs = 400;

export interface MouseRouterProps {
  readonly context: ConsoleContext;
  readonly input: MouseInput;
}

/** The one place that reads the mouse: what was pressed is handed to what was drawn there. */
export function MouseRouter({ context, input }: MouseRouterProps) {
  const areas = useContext(HitAreasContext);
  const last = useRef({ at: Number.NEGATIVE_INFINITY, x: -1, y: -1 });
  useEffect(() => {
    return input.subscribe((report) => {
      const { ui, wizard } = context.getState();
      if (!ui.hasMouse) return;
      const now = performance.now();
      const isSame = last.current.x === report.x && last.current.y === report.y;
      const isDouble = report.button === 'left' && isSame && now - last.current.at < doubleClickMs;
      last.current = { at: isDouble ? Number.NEGATIVE_INFINITY : now, x: report.x, y: report.y };
      if (ui.notice !== null) context.dispatch({ type: 'ui/notice', notice: null });
      if (wizard !== null && ui.overlays.length === 0) return turnWheel(context, report.button);
      areas.press({ ...report, isDouble }, ui.overlays.length > 0 ? 1 : 0);
    });
  }, [areas, context, input]);
  return null;
}

/** Where nothing is clicked on, the wheel does what the arrows do. */
function turnWheel(context: ConsoleContext, button: string): void {
  if (button === 'wheelUp') routeKey(context, { chord: 'up', text: null });
  if (button === 'wheelDown') routeKey(context, { chord: 'down', text: null });
}
