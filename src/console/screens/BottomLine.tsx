import { failureText } from '../../i18n/failureText.ts';
import { keyContexts } from '../keys/keyContexts.ts';
import { whyDisabled } from '../perform/availability.ts';
import { perform } from '../perform/registry.ts';
import { say } from '../state/words.ts';
import { span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { buildHints } from '../viewmodels/hints.ts';
import { HintBar, hintsShown } from '../widgets/HintBar.tsx';
import { HitArea, HitLayerContext, type MousePress } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** Until the next key the notice; otherwise the keys that work here. */
export function BottomLine({ width }: { readonly width: number }) {
  const t = useTranslate();
  const actions = useActions();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const { notice } = state.ui;
  if (notice === null) {
    const hints = buildHints(t, keyContexts(state), null, (action) => whyDisabled(state, action) === null);
    const press = ({ x, button }: MousePress) => {
      const hint = hintAt(hintsShown(hints, width), x);
      if (actions === null || hint === undefined || button !== 'left') return;
      actions.dispatch({ type: 'ui/set', change: { stroke: null } });
      perform(actions, hint.action);
    };
    return (
      <HitLayerContext value={state.ui.overlays.length > 0 ? 1 : 0}>
        <HitArea width={width} height={1} onMouse={press} />
        <HintBar width={width} hints={hints} />
      </HitLayerContext>
    );
  }
  const sign = {
    'status.ok': glyphs.ok,
    'status.warning': glyphs.warning,
    'status.error': glyphs.failed,
    'status.active': glyphs.active,
  }[notice.role];
  const { message, next } =
    'code' in notice.content ? failureText(t, notice.content) : { message: say(t, notice.content), next: '' };
  return (
    <Lines
      width={width}
      height={1}
      lines={[[span(` ${sign} ${message}`, notice.role), span(next === '' ? '' : `  ${next}`, 'muted')]]}
    />
  );
}

/** Which hint stands in this cell. */
function hintAt<Own>(
  shown: readonly { readonly hint: Own; readonly width: number }[],
  x: number,
): Own | undefined {
  let to = 0;
  return shown.find(({ width }) => {
    to += width;
    return x < to;
  })?.hint;
}
