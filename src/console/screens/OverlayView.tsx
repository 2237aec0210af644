import type { Layout } from '../layout.ts';
import { useConsole } from '../useConsole.ts';
import { FilterOverlay } from './FilterOverlay.tsx';
import { FormOverlay } from './FormOverlay.tsx';
import { LineField } from './LineField.tsx';
import { PaletteOverlay } from './PaletteOverlay.tsx';
import { PickOverlay } from './PickOverlay.tsx';
import { ChoiceOverlay, ConfirmOverlay, MenuOverlay } from './smallOverlays.tsx';
import { TextOverlayView } from './TextOverlay.tsx';
import { useTranslate } from './useTranslate.ts';

/** The topmost overlay; those below it keep their place in the stack and come back when it is closed. */
export function OverlayView({ layout }: { readonly layout: Layout }) {
  const t = useTranslate();
  const overlay = useConsole((state) => state.ui.overlays.at(-1));
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'menu':
      return <MenuOverlay overlay={overlay} layout={layout} />;
    case 'choice':
      return <ChoiceOverlay overlay={overlay} layout={layout} />;
    case 'pick':
      return <PickOverlay overlay={overlay} layout={layout} />;
    case 'confirm':
      return <ConfirmOverlay overlay={overlay} layout={layout} />;
    case 'form':
      return <FormOverlay overlay={overlay} layout={layout} />;
    case 'filter':
      return <FilterOverlay overlay={overlay} layout={layout} />;
    case 'logSearch':
      return <LineField title={t('run.search.hint')} value={overlay.value} layout={layout} />;
    case 'palette':
      return <PaletteOverlay overlay={overlay} layout={layout} />;
    case 'report':
    case 'details':
    case 'help':
      return <TextOverlayView overlay={overlay} layout={layout} />;
  }
}
