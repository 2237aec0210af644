import type { EventEmitter } from 'node:events';
import { useStdin } from 'ink';
import { useContext, useEffect, useRef } from 'react';
import type { ConsoleContext } from '../consoleContext.ts';
import { parseMouseReport } from '../terminal/mouse.ts';
import { HitAreasContext } from '../widgets/HitArea.tsx';
import { routeKey } from './route.ts';

const doubleClickMs = 400;

/** What Ink hands to its own hooks, but does not name in its public types: one event a sequence. */
interface Sequences {
  readonly internal_eventEmitter: EventEmitter;
}

/** The one place that reads the mouse. Ink has split what came into sequences, and takes no report for a key. */
export function MouseRouter({ context }: { readonly context: ConsoleContext }) {
  const areas = useContext(HitAreasContext);
  const { internal_eventEmitter: input } = useStdin() as ReturnType<typeof useStdin> & Sequences;
  const last = useRef({ at: Number.NEGATIVE_INFINITY, x: -1, y: -1 });
  useEffect(() => {
    const onInput = (sequence: string) => {
      const report = parseMouseReport(sequence);
      const { ui, wizard } = context.getState();
      if (report === null || !ui.hasMouse) return;
      const now = performance.now();
      const isSame = last.current.x === report.x && last.current.y === report.y;
      const isDouble = report.button === 'left' && isSame && now - last.current.at < doubleClickMs;
      last.current = { at: isDouble ? Number.NEGATIVE_INFINITY : now, x: report.x, y: report.y };
      if (ui.notice !== null) context.dispatch({ type: 'ui/notice', notice: null });
      if (wizard !== null && ui.overlays.length === 0) return turnWheel(context, report.button);
      areas.press({ ...report, isDouble }, ui.overlays.length > 0 ? 1 : 0);
    };
    input.on('input', onInput);
    return () => {
      input.off('input', onInput);
    };
  }, [areas, context, input]);
  return null;
}

/** Where nothing is clicked on, the wheel does what the arrows do. */
function turnWheel(context: ConsoleContext, button: string): void {
  if (button === 'wheelUp') routeKey(context, { chord: 'up', text: null });
  if (button === 'wheelDown') routeKey(context, { chord: 'down', text: null });
}
