import { cellWidth } from '../../shared/cellWidth.ts';
import type { RunShow } from '../state/runShow.ts';
import { countShows, runShows, statesShown } from '../state/runShow.ts';
import type { RunWatch } from '../state/runState.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type Role, type Span, type StyledLine, span } from '../terminal/roles.ts';
import type { CellContext } from './tableDefinition.ts';

const signs: Record<RunShow, readonly [keyof Glyphs | null, Role]> = {
  all: [null, 'text'],
  active: ['active', 'status.active'],
  waiting: ['waiting', 'status.waiting'],
  succeeded: ['ok', 'status.ok'],
  failed: ['failed', 'status.error'],
  unreachable: ['failed', 'status.error'],
  stopped: ['cancelled', 'status.warning'],
};

/** Each part of the run with its key and count; the one that is shown is in brackets. */
export function showTabs(
  { devices, show }: Pick<RunWatch, 'devices' | 'show'>,
  { t, glyphs }: CellContext,
  width: number,
): StyledLine {
  const { counts } = devices;
  const sums = countShows(counts);
  const tab = (one: RunShow, key: number, hasStates: boolean): Span[] => {
    const [sign, role] = signs[one];
    const count = sums[one];
    const own = count === 0 ? 'muted' : role;
    const [open, close] = one === show ? ['[', ']'] : [' ', ' '];
    const states = hasStates ? statesText(one, counts, t) : '';
    return [
      span(`${open}`, 'accent'),
      span(String(key), 'key'),
      span(` ${sign === null ? '' : `${glyphs[sign]} `}${t(`run.show.${one}`)} ${count}`, own),
      span(states, 'muted'),
      span(close, 'accent'),
    ];
  };
  const line = (hasStates: boolean, mayLeaveOut: boolean) =>
    runShows.flatMap((one, i) =>
      mayLeaveOut && sums[one] === 0 && one !== show ? [] : tab(one, i + 1, hasStates),
    );
  const ways = [line(true, false), line(true, true), line(false, true)];
  return ways.find((way) => way.reduce((sum, { text }) => sum + cellWidth(text), 0) <= width) ?? ways.at(-1)!;
}

/** Of several states in one part, which and how many: ` (connecting 3, installing 9)`. */
function statesText(show: RunShow, counts: RunWatch['devices']['counts'], t: CellContext['t']): string {
  if (show === 'all') return '';
  const states = statesShown(show, counts);
  if (states.length === 0 || (states.length === 1 && states[0]![0] === show)) return '';
  return ` (${states.map(([state, count]) => `${t(`states.${state}`)} ${count}`).join(', ')})`;
}
