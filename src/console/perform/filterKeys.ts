import type { ConsoleContext } from '../consoleContext.ts';
import type { KeyEvent } from '../keys/chord.ts';
import { editText, type TextValue, textValue } from '../state/textValue.ts';
import { completedText } from '../viewmodels/filter/completeFilter.ts';
import { completionsOf, type FilterOverlay } from '../viewmodels/filter/filterHelp.ts';

const topFilter = (context: ConsoleContext) => {
  const top = context.getState().ui.overlays.at(-1);
  return top?.kind === 'filter' ? top : null;
};

/** The log's search waits for Enter: a log may be long. */
function typeIntoLogSearch(context: ConsoleContext, event: KeyEvent): boolean {
  const top = context.getState().ui.overlays.at(-1);
  const value = top?.kind === 'logSearch' ? editText(top.value, event, 200) : null;
  if (value === null) return false;
  context.dispatch({ type: 'ui/overlayChanged', overlay: { kind: 'logSearch', value } });
  return true;
}

/** The table follows each key: what is typed is filtered at once. */
export function typeIntoFilter(context: ConsoleContext, event: KeyEvent): boolean {
  if (typeIntoLogSearch(context, event)) return true;
  const filter = topFilter(context);
  const value = filter === null ? null : editText(filter.value, event, 200);
  if (filter === null || value === null) return false;
  filterBy(context, filter, value);
  return true;
}

function filterBy(context: ConsoleContext, overlay: FilterOverlay, value: TextValue): void {
  context.dispatch({ type: 'ui/overlayChanged', overlay: { ...overlay, value } });
  context.dispatch({
    type: 'ui/table',
    key: overlay.tableKey,
    change: { filter: value.text.trim(), cursorId: null, cursorIndex: 0, top: 0 },
  });
}

/** As far as all that is possible agrees; without anything to complete the filter is kept, as by Enter. */
export function completeInFilter(context: ConsoleContext) {
  const filter = topFilter(context);
  if (filter === null) return;
  const { start, end, items } = completionsOf(context.getState(), filter);
  if (items.length === 0) return keepFilter(context);
  const { text } = filter.value;
  const completed = completedText(items);
  const whole = text.slice(0, start) + completed + text.slice(end);
  filterBy(context, filter, { text: whole, cursor: start + completed.length });
}

const mostRemembered = 30;

/** The table stays filtered; Up brings the same filter back another time. */
export function keepFilter(context: ConsoleContext) {
  const text = topFilter(context)?.value.text.trim() ?? '';
  context.dispatch({ type: 'ui/overlayClosed' });
  if (text === '') return;
  const filters = [text, ...context.getState().ui.filters.filter((other) => other !== text)];
  context.dispatch({ type: 'ui/set', change: { filters: filters.slice(0, mostRemembered) } });
}

/** An older filter (1) or a newer one (-1), as a shell brings back commands. */
export function recallFilter(context: ConsoleContext, step: 1 | -1) {
  const filter = topFilter(context);
  if (filter === null) return;
  const { filters } = context.getState().ui;
  const recalled = (filter.recalled ?? -1) + step;
  if (recalled >= filters.length || recalled < -1) return;
  filterBy(context, { ...filter, recalled }, textValue(filters[recalled] ?? ''));
}

export function dropFilter(context: ConsoleContext) {
  const filter = topFilter(context);
  if (filter === null) return;
  context.dispatch({ type: 'ui/overlayClosed' });
  context.dispatch({
    type: 'ui/table',
    key: filter.tableKey,
    change: { filter: '', cursorId: null, cursorIndex: 0, top: 0 },
  });
}
