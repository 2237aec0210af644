import { Box, type SuspendTerminal, useApp } from 'ink';
import { useEffect, useMemo } from 'react';
import type { ConsoleContext } from './consoleContext.ts';
import { KeyRouter } from './keys/KeyRouter.tsx';
import { MouseRouter } from './keys/MouseRouter.tsx';
import { calculateLayout, type Layout, minimumSize } from './layout.ts';
import { BottomLine } from './screens/BottomLine.tsx';
import { DetailPane } from './screens/DetailPane.tsx';
import { OverlayView } from './screens/OverlayView.tsx';
import { RunScreen } from './screens/RunScreen.tsx';
import { StrokeHints } from './screens/StrokeHints.tsx';
import { TitleBar } from './screens/TitleBar.tsx';
import { TreePane } from './screens/TreePane.tsx';
import { useTranslate } from './screens/useTranslate.ts';
import { Workspace } from './screens/Workspace.tsx';
import type { MouseInput } from './terminal/mouse.ts';
import { span } from './terminal/roles.ts';
import type { Theme } from './terminal/theme.ts';
import { ActionsContext } from './useActions.ts';
import { useConsole } from './useConsole.ts';
import { CursorContext, CursorHost } from './widgets/cursor.tsx';
import { HitAreas, HitAreasContext, HitLayerContext } from './widgets/HitArea.tsx';
import { Lines } from './widgets/Lines.tsx';
import { Place } from './widgets/Place.tsx';
import { ThemeContext } from './widgets/themeContext.ts';
import { Wizard } from './wizard/Wizard.tsx';

export interface AppProps {
  readonly context: ConsoleContext;
  readonly theme: Theme;
  /** Absent: there is no mouse. */
  readonly mouse?: MouseInput;
  /** Called when the first frame stands, with Ink's way to give the terminal away for a while. */
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}

export function App({ context, theme, mouse, onReady }: AppProps) {
  const width = useConsole((state) => state.ui.width);
  const height = useConsole((state) => state.ui.height);
  const cursor = useMemo(() => ({ current: null }), []);
  const areas = useMemo(() => new HitAreas(), []);
  const treeWidth = useConsole((state) => state.ui.treeWidth);
  const isDetailShown = useConsole((state) => state.ui.isDetailShown);
  const layout = calculateLayout(width, height, { treeWidth, isDetailShown });
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return (
    <ThemeContext value={theme}>
      <CursorContext value={cursor}>
        <ActionsContext value={context}>
          <HitAreasContext value={areas}>
            <KeyRouter context={context} />
            {mouse ? <MouseRouter context={context} input={mouse} /> : null}
            <Box width={width} height={height}>
              {layout === null ? <TooSmall width={width} height={height} /> : <Screen layout={layout} />}
            </Box>
            <Cursor />
          </HitAreasContext>
        </ActionsContext>
      </CursorContext>
    </ThemeContext>
  );
}

/** Drawn with every change of the state, after everything else. */
function Cursor() {
  useConsole((state) => state);
  return <CursorHost />;
}

function Screen({ layout }: { readonly layout: Layout }) {
  const hasWizard = useConsole((state) => state.wizard !== null);
  const screen = useConsole((state) => state.ui.screen);
  const hasOverlay = useConsole((state) => state.ui.overlays.length > 0);
  const hasNotice = useConsole((state) => state.ui.notice !== null);
  const { title, body, tree, workspace, detail, hints } = layout;
  return (
    <>
      <Place {...title}>
        <TitleBar width={title.width} />
      </Place>
      {hasWizard ? (
        <Place {...body} height={body.height + hints.height}>
          <Wizard width={body.width} height={body.height + hints.height} />
        </Place>
      ) : screen === 'run' ? (
        <Place {...body}>
          <RunScreen width={body.width} height={body.height} />
        </Place>
      ) : (
        <>
          <Place {...tree}>
            <TreePane width={tree.width} height={tree.height} />
          </Place>
          <Place {...workspace}>
            <Workspace width={workspace.width} height={workspace.height} />
          </Place>
          <Place {...detail}>
            <DetailPane width={detail.width} height={detail.height} />
          </Place>
        </>
      )}
      {hasWizard && !hasOverlay && !hasNotice ? null : (
        <Place {...hints}>
          <BottomLine width={hints.width} />
        </Place>
      )}
      <StrokeHints layout={layout} />
      <HitLayerContext value={1}>
        <OverlayView layout={layout} />
      </HitLayerContext>
    </>
  );
}

function TooSmall({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const text = t('console.tooSmall', { width, height, ...neededSize });
  return <Lines width={width} height={height} lines={[[span(text, 'status.warning')]]} />;
}
const neededSize = { neededWidth: minimumSize.width, neededHeight: minimumSize.height };
