import type { Translate } from '../../i18n/translate.ts';
import { countText } from './figures.ts';
import type { ListView } from './selectTable.ts';

/** Where the cursor is, how many rows there are, and how many are marked: `3/12 of 10,000 · 5 marked`. */
export function listFooter(
  { rows, totalCount, cursor, marked }: ListView,
  t: Translate,
  dot: string,
): string {
  if (totalCount === 0) return '';
  const isFiltered = rows.length !== totalCount;
  const place = `${rows.length === 0 ? 0 : cursor + 1}/${countText(rows.length)}`;
  return [
    isFiltered ? t('console.table.place', { place, total: countText(totalCount) }) : place,
    ...(marked.inSight > 0 ? [t('console.table.marked', { count: countText(marked.inSight) })] : []),
    ...(marked.hidden > 0 ? [t('console.table.markedHidden', { count: countText(marked.hidden) })] : []),
  ].join(` ${dot} `);
}
