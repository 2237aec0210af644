import { pressDetail } from '../perform/mousePresses.ts';
import { span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { buildDetails } from '../viewmodels/detailLines.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** What is known about the row under the cursor; what does not fit is scrolled to. */
export function DetailPane({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const actions = useActions();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const isFocused = state.ui.pane === 'detail' && state.ui.overlays.length === 0;
  const inSight = height - 2;
  const lines = buildDetails(state, width - 3, glyphs);
  const top = Math.max(0, Math.min(state.ui.detailTop, lines.length - inSight));
  const footer = lines.length > inSight ? `${Math.min(lines.length, top + inSight)}/${lines.length}` : '';
  return (
    <Frame
      width={width}
      height={height}
      title={t('console.pane.detail')}
      isFocused={isFocused}
      footer={footer}
    >
      <HitArea
        width={width - 2}
        height={inSight}
        onMouse={(press) => actions && pressDetail(actions, press)}
      />
      <Lines
        width={width - 2}
        height={inSight}
        lines={lines.slice(top, top + inSight).map((line) => [span(' '), ...line])}
      />
    </Frame>
  );
}
