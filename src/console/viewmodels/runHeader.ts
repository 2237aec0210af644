import type { RemoteInstallationTask, Run } from '../../domain/model.ts';
import { devicesOfShare, type Share } from '../../domain/share.ts';
import { stopReason } from '../../domain/waves.ts';
import { failureText } from '../../i18n/failureText.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { durationText } from '../../shared/durationText.ts';
import { dateText } from '../../shared/localTime.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { RunWatch } from '../state/runState.ts';
import { bytesPerSecond } from '../state/throughput.ts';
import { type Span, type StyledLine, span } from '../terminal/roles.ts';
import { sparkline } from '../widgets/sparkline.ts';
import { sizeText } from './figures.ts';
import { remainingText } from './remainingText.ts';
import { runBar } from './runBar.ts';
import { progressOf, type RunProgress } from './runProgress.ts';
import { showTabs } from './runShowTabs.ts';
import { selectCauses } from './selectRun.ts';
import type { CellContext } from './tableDefinition.ts';

interface HeaderView {
  readonly width: number;
  readonly now: string;
  readonly filter: string;
}
type Loaded = RunWatch & { readonly run: Run };

/** What the run is, how far it is, its parts, how fast it goes and what would stop it, and what is shown below. */
export function buildRunHeader(watch: RunWatch, context: CellContext, view: HeaderView): StyledLine[] {
  const { t, model } = context;
  const { run } = watch;
  if (run === null) return [[span(` ${t('console.run.loading')}`, 'muted')]];
  const loaded: Loaded = { ...watch, run };
  const task = model.tasks.get(run.taskId);
  const progress = progressOf(loaded, task, view.now);
  return [
    titleLine(run, context, view),
    progressLine(loaded, progress, context, view),
    showTabs(watch, context, view.width),
    paceLine(loaded, progress, task, context),
    shownLine(loaded, context, view),
  ];
}

function titleLine(run: Run, { t }: CellContext, { now }: HeaderView): StyledLine {
  const endMs = Date.parse(run.finishedAt ?? now);
  const user = sanitiseLine(run.startedBy);
  const label = sanitiseLine(run.packageLabel);
  return [
    span(` ${t('console.run.title', { number: run.number })} `, 'heading'),
    span(sanitiseLine(run.taskName), 'accent'),
    span(`  ${durationText(Math.max(0, endMs - Date.parse(run.startedAt)))}`),
    span(`  ${t('console.run.startedBy', { time: dateText(run.startedAt), user })}  ${label}`, 'muted'),
  ];
}

function progressLine(
  { run, devices }: Loaded,
  progress: RunProgress,
  { t, glyphs }: CellContext,
  { width, now }: HeaderView,
): StyledLine {
  const ratio = progress.total === 0 ? 1 : progress.finished / progress.total;
  const figures = [
    `${progress.finished}/${progress.total}`,
    `${Math.floor(ratio * 100)}%`,
    t(`states.${run.state}`),
    ...(run.state === 'running' ? [remainingText(progress.remaining, now, t)] : []),
  ];
  const text = `  ${figures.join(` ${glyphs.separator} `)}`;
  const barWidth = Math.max(10, Math.min(100, width - cellWidth(text) - 2));
  return [span(' '), ...runBar(devices.counts, glyphs, barWidth), span(text)];
}

const sparkCells = 30;

/** The wave, the rates, and how near the thresholds are at which the run stops (B90). */
function paceLine(
  { run, devices, throughput }: Loaded,
  { place, perMinute }: RunProgress,
  task: RemoteInstallationTask | undefined,
  { t, glyphs }: CellContext,
): StyledLine {
  const parts: Span[] = [];
  const add = (...spans: Span[]) => {
    if (parts.length > 0) parts.push(span(` ${glyphs.separator} `, 'muted'));
    parts.push(...spans);
  };
  if (place !== null)
    add(
      span(t('run.wave', { wave: place.wave, waves: place.waves }), 'heading'),
      span(run.finishedAt === null ? ` ${t('run.wave.open', { count: place.open })}` : '', 'muted'),
    );
  if (perMinute !== null) add(span(t('console.run.perMinute', { rate: rateText(perMinute) })));
  if (run.finishedAt !== null) add(...nextWords(run, devices.counts, t));
  for (const part of thresholds(run, devices.counts, task, t)) add(part);
  const rate = run.finishedAt === null ? bytesPerSecond(throughput) : null;
  if (rate !== null)
    add(
      span(`${sizeText(Math.round(rate))}/s `),
      span(sparkline(throughput.bytes.slice(0, -1), sparkCells, glyphs.sparks), 'status.active'),
    );
  return [span(' '), ...parts];
}

function thresholds(
  run: Run,
  counts: Run['counts'],
  task: RemoteInstallationTask | undefined,
  t: CellContext['t'],
): Span[] {
  if (task === undefined) return [];
  const { stopAfterFailures, stopAfterUnreachable } = task.settings;
  const reached = stopReason(counts, task.settings, run.deviceCount);
  if (reached !== null) return [span(t(`run.threshold.reached.${reached}`), 'status.warning')];
  const limitOf = (share: Share) => devicesOfShare(share, run.deviceCount);
  return [
    ...(stopAfterFailures === null
      ? []
      : [t('run.threshold.failures', { count: counts.failed ?? 0, limit: limitOf(stopAfterFailures) })]),
    ...(stopAfterUnreachable === null
      ? []
      : [
          t('run.threshold.unreachable', {
            count: counts.unreachable ?? 0,
            limit: limitOf(stopAfterUnreachable),
          }),
        ]),
  ].map((text) => span(text, 'muted'));
}

/** What to do with a run that is over. */
function nextWords(run: Run, counts: Run['counts'], t: CellContext['t']): Span[] {
  const again = (['failed', 'unreachable', 'notStarted', 'cancelled'] as const).reduce(
    (sum, state) => sum + (counts[state] ?? 0),
    0,
  );
  const waiting = counts.restartPending ?? 0;
  return [
    ...(again === 0
      ? [span(t('run.next.well'), 'status.ok')]
      : [span('r', 'key'), span(` ${t('run.next.retry', { count: again })}`)]),
    ...(waiting === 0 ? [] : [span(`  ${t('run.next.restart', { count: waiting })}`, 'status.warning')]),
    span('  o', 'key'),
    span(` ${t('run.next.report')}`),
    ...(run.number > 1 ? [span('  =', 'key'), span(` ${t('run.next.compare')}`)] : []),
  ];
}

const rateText = (perMinute: number): string =>
  perMinute >= 10 ? String(Math.round(perMinute)) : perMinute.toFixed(1);

/** What narrows the list below, else the most frequent cause of failures. */
function shownLine(watch: Loaded, { t, glyphs }: CellContext, { filter, width }: HeaderView): StyledLine {
  const causes = selectCauses(watch.devices);
  if (watch.cause !== null) {
    const cause = causes.find(({ id }) => id === watch.cause);
    const text = cause && failureText(t, cause.failure);
    const said = t('console.run.onlyCause', { cause: '' });
    const message = shortened(text?.message ?? watch.cause, width - cellWidth(said) - 2);
    return [
      span(` ${t('console.run.onlyCause', { cause: message })}`, 'status.warning'),
      span(text === undefined ? '' : ` ${glyphs.arrow} ${text.next}`, 'text'),
    ];
  }
  if (filter !== '')
    return [span(` ${t('console.table.filtered', { filter: sanitiseLine(filter) })}`, 'status.warning')];
  const [worst] = causes;
  if (worst === undefined) return [];
  const more =
    causes.length > 1 ? t('console.run.moreCauses', { count: causes.length - 1 }) : t('run.causes.show');
  const isHarmless = worst.state === 'skipped';
  const beginning = ` ${isHarmless ? glyphs.cancelled : glyphs.failed} ${worst.count} × `;
  const room = width - cellWidth(beginning) - cellWidth(more) - 2;
  return [
    span(
      `${beginning}${shortened(failureText(t, worst.failure).message, room)}`,
      isHarmless ? 'muted' : 'status.error',
    ),
    span(` ${more}`, 'muted'),
  ];
}

/** A long reason gives way to what stands after it. */
const shortened = (text: string, room: number): string =>
  cellWidth(text) <= room ? text : fitCells(text, Math.max(10, room)).trimEnd();
