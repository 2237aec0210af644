import { memo } from 'react';
import { translator } from '../../i18n/translate.ts';
import { centred } from '../layout.ts';
import { useConsole } from '../useConsole.ts';
import { CursorAt } from '../widgets/cursor.tsx';
import { Dialog, dialogHeight } from '../widgets/Dialog.tsx';
import { Frame } from '../widgets/Frame.tsx';
import { HintBar } from '../widgets/HintBar.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { buildHints } from './view/hints.ts';
import { buildLeaveDialog } from './view/leaveDialog.ts';
import { buildWizardView } from './view/wizardView.ts';
import { wizardContextOf } from './wizardRuntime.ts';

export interface WizardProps {
  readonly width: number;
  readonly height: number;
}

/** The remote installation wizard, over the whole workspace and the hint bar. */
export const Wizard = memo(function Wizard({ width, height }: WizardProps) {
  const { glyphs } = useTheme();
  const wizard = useConsole((state) => state.wizard);
  const context = useConsole(wizardContextOf);
  const language = useConsole((state) => state.ui.language);
  if (wizard === null) return null;
  const t = translator(language);
  const framed = height - 1;
  const inner = { width: width - 2, height: framed - 2 };
  const view = buildWizardView(wizard, context, t, glyphs, inner);
  return (
    <>
      <Frame width={width} height={framed} title={view.title} isFocused footer={view.more}>
        <Lines width={inner.width} height={inner.height} lines={[view.heading, ...view.lines, view.footer]} />
        {view.caret === null || wizard.leaving !== null ? null : (
          <CursorAt x={view.caret.cell} y={1 + view.caret.line} />
        )}
      </Frame>
      <Place x={0} y={framed} width={width} height={1}>
        <HintBar width={width} hints={buildHints(wizard, context, t)} />
      </Place>
      <LeaveDialog width={width} height={framed} />
    </>
  );
});

/** Esc asks before anything that was entered is lost. */
function LeaveDialog({ width, height }: WizardProps) {
  const wizard = useConsole((state) => state.wizard);
  const language = useConsole((state) => state.ui.language);
  if (wizard === null || wizard.leaving === null) return null;
  const { title, paragraphs, buttons } = buildLeaveDialog(wizard, translator(language));
  const wide = Math.min(56, width - 4);
  const place = centred({ width, height }, wide, dialogHeight(paragraphs, buttons, wide));
  return (
    <Place {...place}>
      <Dialog
        width={place.width}
        height={place.height}
        title={title}
        paragraphs={paragraphs}
        buttons={buttons}
        focused={wizard.leaving}
      />
    </Place>
  );
}
