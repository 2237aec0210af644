import { type AttemptState, isFinal } from '../../domain/attempt.ts';
import type { Run } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type Role, type Span, span } from '../terminal/roles.ts';

type Sign = readonly [sign: keyof Glyphs, role: Role];

/** Sign and colour of each state (B80); its word always stands beside them. */
const signs: Record<AttemptState, Sign> = {
  waiting: ['waiting', 'status.waiting'],
  connecting: ['active', 'status.active'],
  checking: ['active', 'status.active'],
  transferring: ['active', 'status.active'],
  installing: ['active', 'status.active'],
  restarting: ['active', 'status.active'],
  verifying: ['active', 'status.active'],
  cancelling: ['active', 'status.warning'],
  succeeded: ['ok', 'status.ok'],
  succeededWithWarning: ['warning', 'status.warning'],
  restartPending: ['ok', 'status.warning'],
  failed: ['failed', 'status.error'],
  skipped: ['cancelled', 'muted'],
  unreachable: ['failed', 'status.error'],
  cancelled: ['cancelled', 'status.warning'],
  notStarted: ['cancelled', 'status.warning'],
};

export const stateRole = (state: AttemptState): Role => signs[state][1];

export function stateSpan(state: AttemptState, { t, glyphs }: { t: Translate; glyphs: Glyphs }): Span {
  const [sign, role] = signs[state];
  return span(`${glyphs[sign]} ${t(`states.${state}`)}`, role);
}

/** How many devices of a run have come to an end. */
export const finishedCount = (run: Run): number =>
  Object.entries(run.counts).reduce(
    (sum, [state, count]) => (isFinal(state as AttemptState) ? sum + (count ?? 0) : sum),
    0,
  );

const unfinishedWell = ['failed', 'unreachable', 'cancelled', 'notStarted'] as const;

/** What a filter calls the state of a run, and how it is shown. */
export const runWords = {
  running: 'states.running',
  cancelling: 'states.cancelling',
  good: 'console.run.allWell',
  failed: 'console.run.notWellWord',
} as const;
export function runWord(run: Run): keyof typeof runWords {
  if (run.state === 'running' || run.state === 'cancelling') return run.state;
  return unwell(run) === 0 ? 'good' : 'failed';
}

/** Devices that did not succeed. */
export const unwell = (run: Run): number =>
  unfinishedWell.reduce((sum, state) => sum + (run.counts[state] ?? 0), 0);

/** A run in a few cells: its progress while it runs, afterwards whether all went well. */
export function runStateSpan(run: Run, { t, glyphs }: { t: Translate; glyphs: Glyphs }): Span {
  if (run.state === 'running' || run.state === 'cancelling')
    return span(
      `${glyphs.active} ${t(`states.${run.state}`)} ${finishedCount(run)}/${run.deviceCount}`,
      'status.active',
    );
  const bad = unwell(run);
  if (bad === 0) return span(`${glyphs.ok} ${t('console.run.allWell')}`, 'status.ok');
  return span(`${glyphs.failed} ${t('console.run.notWell', { count: bad })}`, 'status.error');
}
