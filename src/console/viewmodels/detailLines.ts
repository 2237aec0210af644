import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { type Glyphs, glyphSets } from '../terminal/glyphs.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { wrapCells } from '../widgets/wrapCells.ts';
import { selectTable } from './selectTable.ts';
import { translate } from './translate.ts';

/** Everything about the row under the table's cursor, label by label; long values go on below. */
export function buildDetails(
  state: ConsoleState,
  width: number,
  glyphs: Glyphs = glyphSets.ascii,
): readonly StyledLine[] {
  const t = translate(state.ui.language);
  const view = selectTable(state);
  const row = view.rows[view.cursor];
  if (row === undefined) return [];
  const details = view.definition.details(row, { t, model: state.model.collections, glyphs });
  const labelWidth = Math.max(0, ...details.map(({ label }) => cellWidth(t(label)))) + 2;
  return details.flatMap(({ label, value }) =>
    wrapCells(value.text, Math.max(1, width - labelWidth)).map(
      (line, i): StyledLine => [
        span(fitCells(i === 0 ? t(label) : '', labelWidth), 'muted'),
        span(line, value.role),
      ],
    ),
  );
}
