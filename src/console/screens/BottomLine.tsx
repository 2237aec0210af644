import { failureText } from '../../i18n/failureText.ts';
import { keyContexts } from '../keys/keyContexts.ts';
import { whyDisabled } from '../perform/availability.ts';
import { say } from '../state/words.ts';
import { span } from '../terminal/roles.ts';
import { useConsole } from '../useConsole.ts';
import { buildHints } from '../viewmodels/hints.ts';
import { HintBar } from '../widgets/HintBar.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** Until the next key the notice; otherwise the keys that work here. */
export function BottomLine({ width }: { readonly width: number }) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const { notice } = state.ui;
  if (notice === null)
    return (
      <HintBar
        width={width}
        hints={buildHints(
          t,
          keyContexts(state),
          state.ui.stroke,
          (action) => whyDisabled(state, action) === null,
        )}
      />
    );
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
