import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { useConsole } from '../useConsole.ts';
import { selectTable } from '../viewmodels/selectTable.ts';
import { Frame } from '../widgets/Frame.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** What is known about the row under the cursor, as much as fits. */
export function DetailPane({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const view = selectTable(state);
  const row = view.rows[view.cursor];
  const details =
    row === undefined ? [] : view.definition.details(row, { t, model: state.model.collections, glyphs });
  const labelWidth = Math.max(0, ...details.map(({ label }) => cellWidth(t(label)))) + 1;
  const lines = details.map(
    ({ label, value }): StyledLine => [span(` ${fitCells(t(label), labelWidth)} `, 'muted'), value],
  );
  return (
    <Frame width={width} height={height} title={t('console.pane.detail')}>
      <Lines width={width - 2} height={height - 2} lines={lines} />
    </Frame>
  );
}
