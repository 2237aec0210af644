import { activeList } from '../perform/activeList.ts';
import { say } from '../state/words.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { useConsole } from '../useConsole.ts';
import { countText } from '../viewmodels/figures.ts';
import { completionsOf } from '../viewmodels/filter/filterHelp.ts';
import { LineField } from './LineField.tsx';
import type { OverlayProps } from './overlayProps.ts';
import { useTranslate } from './useTranslate.ts';

/** The filter's field, with what can be completed or what is wrong, and how many rows fit. */
export function FilterOverlay({ overlay, layout }: OverlayProps<'filter'>) {
  const t = useTranslate();
  const state = useConsole((whole) => whole);
  const { list } = activeList(state);
  const counts = { count: countText(list.rows.length), total: countText(list.totalCount) };
  const above: StyledLine =
    list.problem !== null
      ? [span(` ${say(t, list.problem)}`, 'status.error')]
      : completionsOf(state, overlay).items.flatMap(({ label }, i) => [
          span(i === 0 ? ' Tab  ' : '  ', 'key'),
          span(label, 'muted'),
        ]);
  return (
    <LineField
      title={t('console.filter.hint')}
      value={overlay.value}
      layout={layout}
      behind={` ${t('console.table.filteredCount', counts)} `}
      above={above}
    />
  );
}
