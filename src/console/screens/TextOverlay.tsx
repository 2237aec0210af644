import type { Layout } from '../layout.ts';
import { scrollText } from '../perform/mousePresses.ts';
import { say } from '../state/words.ts';
import { span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { buildOverlayText, type TextOverlay } from '../viewmodels/overlayText.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** A report, the details of a row, or the help: text that scrolls. */
export function TextOverlayView({
  overlay,
  layout,
}: {
  readonly overlay: TextOverlay;
  readonly layout: Layout;
}) {
  const t = useTranslate();
  const actions = useActions();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const { rect, lines, top, inSight } = buildOverlayText(state, overlay, layout, { t, glyphs });
  const title =
    overlay.kind === 'report'
      ? say(t, overlay.title)
      : t(overlay.kind === 'help' ? 'console.action.help' : 'console.pane.detail');
  const footer = lines.length > inSight ? `${top + inSight}/${lines.length}` : '';
  return (
    <Place {...rect}>
      <Frame width={rect.width} height={rect.height} title={title} footer={footer} isFocused>
        <HitArea
          width={rect.width - 2}
          height={inSight}
          onMouse={(press) => actions && scrollText(actions, press)}
        />
        <Lines
          width={rect.width - 2}
          height={inSight}
          lines={lines.slice(top, top + inSight).map((line) => [span(' '), ...line])}
        />
      </Frame>
    </Place>
  );
}
