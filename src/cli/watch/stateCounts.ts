import { type AttemptState, attemptStates } from '../../domain/attempt.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { StateCounts } from '../../protocol/answers.ts';

/** How many devices are in each state, by state. */
export function countStates(devices: Iterable<{ readonly state: AttemptState }>): StateCounts {
  const counts: Partial<Record<AttemptState, number>> = {};
  for (const { state } of devices) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** `installing 3` and `succeeded 12`, in the order of the work; states with none are left out. */
export const stateCountsTexts = (t: Translate, counts: StateCounts): string[] =>
  attemptStates
    .filter((state) => (counts[state] ?? 0) > 0)
    .map((state) => `${t(`states.${state}`)} ${counts[state]}`);

export const stateCountsText = (t: Translate, counts: StateCounts): string =>
  stateCountsTexts(t, counts).join(', ');
