import { attemptStates, finalStates } from '../../domain/attempt.ts';
import type { Run } from '../../domain/model.ts';
import { failureText } from '../../i18n/failureText.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { dateText } from '../../shared/localTime.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { RunRows } from '../state/runRows.ts';
import type { RunWatch } from '../state/runState.ts';
import { type Span, type StyledLine, span } from '../terminal/roles.ts';
import { progressBar } from '../widgets/progressBar.ts';
import { clockText, durationText } from './figures.ts';
import { estimateRun, type RunEstimate } from './runEstimate.ts';
import { selectCauses } from './selectRun.ts';
import { stateSpan } from './stateText.ts';
import type { CellContext } from './tableDefinition.ts';

let kept: { readonly key: string; readonly estimate: RunEstimate } | null = null;

/** The rate and the remaining time are reckoned once a second, from all devices; what has ended is of this moment. */
function estimateOf(run: Run, devices: RunRows, now: string): RunEstimate {
  const key = `${run.id} ${run.state} ${devices.size} ${now.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}`;
  if (kept?.key !== key) kept = { key, estimate: estimateRun(run, devices.rows, Date.parse(now)) };
  const finished = finalStates.reduce((sum, state) => sum + (devices.counts[state] ?? 0), 0);
  return { ...kept.estimate, finished };
}

/** The totals of a run: what it is, how far it is, how many devices are in each state, and what is shown below. */
export function buildRunHeader(
  watch: RunWatch,
  context: CellContext,
  view: { readonly width: number; readonly now: string; readonly filter: string },
): StyledLine[] {
  const { t } = context;
  const { run, devices } = watch;
  if (run === null) return [[span(` ${t('console.run.loading')}`, 'muted')]];
  const endMs = run.finishedAt === null ? Date.parse(view.now) : Date.parse(run.finishedAt);
  const user = sanitiseLine(run.startedBy);
  const label = sanitiseLine(run.packageLabel);
  const title: StyledLine = [
    span(` ${t('console.run.title', { number: run.number })} `, 'heading'),
    span(sanitiseLine(run.taskName), 'accent'),
    span(`  ${durationText(endMs - Date.parse(run.startedAt))}`),
    span(`  ${t('console.run.startedBy', { time: dateText(run.startedAt), user })}  ${label}`, 'muted'),
  ];
  return [
    title,
    progressLine(watch, context, view),
    countsLine(context, devices),
    shownLine(watch, context, view),
  ];
}

function progressLine(
  watch: RunWatch,
  { t, glyphs }: CellContext,
  { width, now }: { readonly width: number; readonly now: string },
): StyledLine {
  const run = watch.run!;
  const estimate = estimateOf(run, watch.devices, now);
  const ratio = estimate.total === 0 ? 1 : estimate.finished / estimate.total;
  const figures = [
    `${estimate.finished}/${estimate.total}`,
    `${Math.floor(ratio * 100)}%`,
    t(`states.${run.state}`),
    ...(estimate.perMinute === null
      ? []
      : [t('console.run.perMinute', { rate: rateText(estimate.perMinute) })]),
    ...(run.state !== 'running'
      ? []
      : estimate.remainingMs === null
        ? [t('console.run.remainingUnknown')]
        : [
            t('console.run.remaining', {
              duration: durationText(estimate.remainingMs),
              time: clockText(new Date(Date.parse(now) + estimate.remainingMs).toISOString()).slice(0, 5),
            }),
          ]),
  ];
  const text = `  ${figures.join(` ${glyphs.separator} `)}`;
  const barWidth = Math.max(10, Math.min(60, width - cellWidth(text) - 2));
  return [span(' '), ...progressBar(glyphs, ratio, barWidth), span(text)];
}

const rateText = (perMinute: number): string =>
  perMinute >= 10 ? String(Math.round(perMinute)) : perMinute.toFixed(1);

function countsLine(context: CellContext, devices: RunRows): StyledLine {
  const { counts } = devices;
  return attemptStates.flatMap((state): Span[] => {
    const count = counts[state] ?? 0;
    if (count === 0) return [];
    const { text, role } = stateSpan(state, context);
    return [span(` ${text} `, role), span(`${count} `)];
  });
}

function shownLine(
  watch: RunWatch,
  { t, glyphs }: CellContext,
  { filter, width }: { readonly filter: string; readonly width: number },
): StyledLine {
  if (watch.cause !== null) {
    const cause = selectCauses(watch.devices).find(({ id }) => id === watch.cause);
    const message = cause ? failureText(t, cause.failure).message : watch.cause;
    const around = cellWidth(t('console.run.onlyCause', { cause: '' })) + 2;
    const said = t('console.run.onlyCause', { cause: shortened(message, width - around) });
    return [span(` ${said}`, 'status.warning')];
  }
  if (filter !== '')
    return [span(` ${t('console.table.filtered', { filter: sanitiseLine(filter) })}`, 'status.warning')];
  const causes = selectCauses(watch.devices);
  if (causes.length === 0) return [];
  const worst = causes[0]!;
  const more = causes.length > 1 ? ` ${t('console.run.moreCauses', { count: causes.length - 1 })}` : '';
  const beginning = ` ${glyphs.failed} ${worst.count} × `;
  const room = width - cellWidth(beginning) - cellWidth(more) - 1;
  return [
    span(`${beginning}${shortened(failureText(t, worst.failure).message, room)}`, 'status.error'),
    span(more, 'muted'),
  ];
}

/** A long reason gives way to what stands after it. */
const shortened = (text: string, room: number): string =>
  cellWidth(text) <= room ? text : fitCells(text, Math.max(10, room)).trimEnd();
