import type { Model, RunDevice } from '../../domain/model.ts';
import { activityText } from '../../i18n/activityText.ts';
import { failureText } from '../../i18n/failureText.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { deviceHeaderHeight, type Layout } from '../layout.ts';
import { type LogState, windowEnd, windowStart } from '../state/logState.ts';
import { type Span, type StyledLine, span } from '../terminal/roles.ts';
import { wrapCells } from '../widgets/wrapCells.ts';
import { attemptShown, attemptsShown, type ShownAttempt } from './attemptChoice.ts';
import { sizeText } from './figures.ts';
import type { LogSize } from './logView.ts';
import { attemptText } from './runDeviceCells.ts';
import { stageLine, stageRows, stagesOf, stageText } from './stageBars.ts';
import { stateRole, stateSpan } from './stateText.ts';
import type { CellContext } from './tableDefinition.ts';

export interface DeviceView {
  readonly device: RunDevice;
  readonly attemptsLimit: number | null;
  readonly log: LogState;
  /** Inside the frame. */
  readonly width: number;
  readonly height: number;
  readonly now: string;
}

/** From this height on each stage has a row of its own. */
const roomyHeight = 26;

/** What the device's part of the screen holds: what is known above, and how much is left for the log. */
export interface DeviceLines {
  readonly info: readonly StyledLine[];
  readonly logSize: LogSize;
}

export const deviceViewSize = ({ body }: Layout) => ({
  width: body.width - 2,
  height: body.height - deviceHeaderHeight - 2,
});

/** Everything about one device of a run, above its log. */
export function buildDeviceLines(view: DeviceView, context: CellContext): DeviceLines {
  const { device, log, width, height, now } = view;
  const shown = attemptShown(device, log.earlier);
  const stages = stagesOf(shown.timeline, shown.endedAt ?? now, shown.endedAt !== null);
  const drawing = { ...context, width };
  const info = [
    stateLine(view, shown, context),
    ...attemptsLine(view, context),
    ...(height >= roomyHeight ? stageRows(stages, drawing) : stageLine(stages, drawing)),
    ...reasonLines(view, shown, context),
    logHeading(view, context),
  ];
  return { info, logSize: { rows: Math.max(1, height - info.length), width: width - 1 } };
}

function reasonLines({ device, width }: DeviceView, shown: ShownAttempt, context: CellContext): StyledLine[] {
  const two = (text: string, role: Span['role']): StyledLine[] =>
    wrapCells(text, width - 1)
      .slice(0, 2)
      .map((line): StyledLine => [span(` ${line}`, role)]);
  const activity = shown.endedAt === null ? activityText(context.t, device.activity) : '';
  const doing = activity === '' ? [] : two(activity, 'muted');
  if (shown.failure === null) return doing;
  const { message, next } = failureText(context.t, shown.failure);
  const raise = shown.failure.code === 'attempts.exhausted' ? ` ${context.t('run.raiseHere')}` : '';
  return [
    ...two(message, stateRole(shown.state)),
    ...two(`${context.glyphs.arrow} ${next}${raise}`, 'text'),
    ...doing,
  ];
}

function stateLine(
  { device, attemptsLimit }: DeviceView,
  shown: ShownAttempt,
  context: CellContext,
): StyledLine {
  const { t, model } = context;
  const tried = attemptText({ ...device, attempt: shown.attempt }, attemptsLimit);
  const facts = [
    device.address,
    ...(tried === '' ? [] : [`${t('console.detail.attempt')} ${tried}`]),
    ...(device.method === null ? [] : [device.method]),
    ...accountFact(device, model, t('console.column.account')),
    ...(shown.exitCode === null ? [] : [t('console.run.exitCode', { code: shown.exitCode })]),
    ...(device.totalBytes > 0 ? [`${sizeText(device.sentBytes)}/${sizeText(device.totalBytes)}`] : []),
  ];
  const { text, role } = stateSpan(shown.state, context);
  return [span(` ${text}`, role), span(`  ${facts.join('  ')}`, 'muted')];
}

function accountFact(device: RunDevice, model: Model, label: string): string[] {
  const account = device.accountId === null ? undefined : model.accounts.get(device.accountId);
  return account === undefined ? [] : [`${label} ${sanitiseLine(account.name)}`];
}

/** Several attempts: how each ended, the shown one in brackets. */
function attemptsLine({ device, log, now }: DeviceView, context: CellContext): StyledLine[] {
  const all = attemptsShown(device);
  if (all.length < 2) return [];
  const shownAt = log.earlier ?? all.length - 1;
  const spans = all.flatMap((one, i): Span[] => {
    const [open, close] = i === shownAt ? ['[', ']'] : [' ', ' '];
    const { text, role } = stateSpan(one.state, context);
    const began = one.timeline[0]?.at;
    const took =
      began === undefined ? '' : ` ${stageText(Date.parse(one.endedAt ?? now) - Date.parse(began))}`;
    const code =
      one.exitCode === null ? '' : ` (${context.t('console.run.exitCode', { code: one.exitCode })})`;
    return [
      span(open, 'accent'),
      span(`${one.attempt} `),
      span(`${text}${code}${took}`, role),
      span(`${close} `, 'accent'),
    ];
  });
  return [[span(` ${context.t('run.attempts')} `, 'heading'), span('[ ]', 'key'), span(' '), ...spans]];
}

function logHeading({ log }: DeviceView, { t, glyphs }: CellContext): StyledLine {
  const attempt = log.attempt === null ? '' : ` ${log.attempt}`;
  const isWhole = windowStart(log) === 0 && windowEnd(log) >= log.sizeBytes;
  const length = isWhole
    ? t('console.log.lines', { count: log.lines.length })
    : t('run.log.part', {
        from: Math.floor((windowStart(log) / Math.max(1, log.sizeBytes)) * 100),
        to: Math.ceil((windowEnd(log) / Math.max(1, log.sizeBytes)) * 100),
        size: sizeText(log.sizeBytes),
      });
  const facts = [
    length,
    log.isFollowing ? t('console.log.following') : t('console.log.paused'),
    ...(log.isWrapped
      ? [t('run.log.wrapped')]
      : log.left > 0
        ? [t('run.log.left', { count: log.left })]
        : []),
    ...(log.search === null ? [] : [`/${sanitiseLine(log.search.text)}`]),
  ];
  return [
    span(` ${glyphs.horizontal} ${t('console.log.title')}${attempt} `, 'heading'),
    span(facts.join(` ${glyphs.separator} `), 'muted'),
  ];
}
