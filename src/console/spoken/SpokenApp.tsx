import { Box } from 'ink';
import type { ConsoleContext } from '../consoleContext.ts';
import { KeyRouter } from '../keys/KeyRouter.tsx';
import { calculateLayout } from '../layout.ts';
import { BottomLine } from '../screens/BottomLine.tsx';
import { OverlayView } from '../screens/OverlayView.tsx';
import { RunScreen } from '../screens/RunScreen.tsx';
import { TreePane } from '../screens/TreePane.tsx';
import { Workspace } from '../screens/Workspace.tsx';
import { useConsole } from '../useConsole.ts';
import { Place } from '../widgets/Place.tsx';
import { ThemeContext } from '../widgets/themeContext.ts';
import { Wizard } from '../wizard/Wizard.tsx';
import { spokenTheme } from './spokenRows.ts';

/** Wide enough that hardly anything is cut; texts are high, lists show what stands around the cursor. */
export const spokenSize = { width: 160, height: 100 } as const;
const listHeight = 14;
const runHeight = 20;
const layout = calculateLayout(spokenSize.width, spokenSize.height)!;

/** Only what has the focus: two panes beside each other make no sense when they are read line by line. */
export function SpokenApp({ context }: { readonly context: ConsoleContext }) {
  const hasNotice = useConsole(({ ui }) => ui.notice !== null);
  return (
    <ThemeContext value={spokenTheme}>
      <KeyRouter context={context} />
      <Box width={spokenSize.width} height={spokenSize.height}>
        <Focused />
        {hasNotice ? (
          <Place x={0} y={spokenSize.height - 1} width={spokenSize.width} height={1}>
            <BottomLine width={spokenSize.width} />
          </Place>
        ) : null}
      </Box>
    </ThemeContext>
  );
}

function Focused() {
  const hasOverlay = useConsole(({ ui }) => ui.overlays.length > 0);
  const hasWizard = useConsole(({ wizard }) => wizard !== null);
  const isRun = useConsole(({ ui }) => ui.screen === 'run');
  const isTree = useConsole(({ ui }) => ui.pane === 'tree');
  const { width, height } = spokenSize;
  if (hasOverlay) return <OverlayView layout={layout} />;
  if (hasWizard) return <Wizard width={width} height={height - 1} />;
  if (isRun) return <RunScreen width={width} height={runHeight} />;
  if (isTree) return <TreePane width={width} height={listHeight} />;
  return <Workspace width={width} height={listHeight} />;
}
