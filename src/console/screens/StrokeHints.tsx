import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { keyContexts } from '../keys/keyContexts.ts';
import type { Layout } from '../layout.ts';
import { perform } from '../perform/registry.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { buildHints } from '../viewmodels/hints.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { useTranslate } from './useTranslate.ts';

/** After the first stroke of a key of two: every way to go on, as which-key shows it. Nobody has to know them all. */
export function StrokeHints({ layout }: { readonly layout: Layout }) {
  const stroke = useConsole((state) => state.ui.stroke);
  return stroke === null ? null : <WaysOn layout={layout} stroke={stroke} />;
}

function WaysOn({ layout, stroke }: { readonly layout: Layout; readonly stroke: string }) {
  const t = useTranslate();
  const actions = useActions();
  const state = useConsole((whole) => whole);
  const hints = buildHints(t, keyContexts(state), stroke, () => true);
  const columnWidth = Math.max(...hints.map(({ chord, label }) => cellWidth(chord) + cellWidth(label))) + 5;
  const inner = layout.body.width - 2;
  const columns = Math.max(1, Math.floor(inner / columnWidth));
  const rows = Math.ceil(hints.length / columns);
  const lines = Array.from(
    { length: rows },
    (_, y): StyledLine =>
      hints
        .filter((_hint, i) => i % rows === y)
        .flatMap(({ chord, label }) => [
          span(`  ${chord}`, 'key'),
          span(fitCells(` ${label}`, columnWidth - cellWidth(chord) - 2)),
        ]),
  );
  return (
    <Place x={layout.body.x} y={layout.hints.y - rows - 2} width={layout.body.width} height={rows + 2}>
      <Frame width={layout.body.width} height={rows + 2} title={`${stroke} …`} isFocused>
        <Lines width={inner} height={rows} lines={lines} />
        <HitArea
          width={inner}
          height={rows}
          onMouse={({ x, y }) => {
            const hint = hints[Math.floor(x / columnWidth) * rows + y];
            if (actions === null || hint === undefined) return;
            actions.dispatch({ type: 'ui/set', change: { stroke: null } });
            perform(actions, hint.action);
          }}
        />
      </Frame>
    </Place>
  );
}
