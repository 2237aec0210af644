import type { Model, RunDevice } from '../../domain/model.ts';
import { activityText } from '../../i18n/activityText.ts';
import { failureText } from '../../i18n/failureText.ts';
import { durationText } from '../../shared/durationText.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { deviceHeaderHeight, type Layout } from '../layout.ts';
import type { LogState } from '../state/runState.ts';
import { type Span, type StyledLine, span } from '../terminal/roles.ts';
import { wrapCells } from '../widgets/wrapCells.ts';
import { clockText, sizeText } from './figures.ts';
import { attemptText } from './runDeviceCells.ts';
import { stateRole, stateSpan } from './stateText.ts';
import type { CellContext } from './tableDefinition.ts';

/** Lines above the log: state, timeline (2), reason (2), what to do next (2), the log's heading. */
export const deviceInfoHeight = 8;
export const logRowsInSight = (layout: Layout): number =>
  Math.max(1, layout.body.height - deviceHeaderHeight - 2 - deviceInfoHeight);

export interface DeviceView {
  readonly device: RunDevice;
  readonly attemptsLimit: number | null;
  readonly log: LogState;
  readonly width: number;
  readonly now: string;
}

/** Everything about one device of a run, above its log. */
export function buildDeviceInfo(view: DeviceView, context: CellContext): StyledLine[] {
  const { device, width } = view;
  const reason = device.failure === null ? null : failureText(context.t, device.failure);
  const paragraph = (text: string, role: Span['role']): StyledLine[] => {
    const lines = wrapCells(text, width - 1)
      .slice(0, 2)
      .map((line): StyledLine => [span(` ${line}`, role)]);
    return lines.length === 2 ? lines : [...lines, ...Array.from({ length: 2 - lines.length }, () => [])];
  };
  return [
    stateLine(view, context),
    ...timelineLines(view, context),
    ...paragraph(
      reason?.message ?? activityText(context.t, device.activity),
      reason ? stateRole(device.state) : 'muted',
    ),
    ...paragraph(reason ? `${context.glyphs.arrow} ${reason.next}` : '', 'text'),
    logHeading(view, context),
  ];
}

function stateLine({ device, attemptsLimit }: DeviceView, context: CellContext): StyledLine {
  const { t, model } = context;
  const tries = attemptText(device, attemptsLimit);
  const facts = [
    device.address,
    ...(tries === '' ? [] : [`${t('console.detail.attempt')} ${tries}`]),
    ...(device.method === null ? [] : [device.method]),
    ...accountFact(device, model, t('console.column.account')),
    ...(device.exitCode === null ? [] : [t('console.run.exitCode', { code: device.exitCode })]),
    ...(device.totalBytes > 0 ? [`${sizeText(device.sentBytes)}/${sizeText(device.totalBytes)}`] : []),
  ];
  const { text, role } = stateSpan(device.state, context);
  return [span(` ${text}`, role), span(`  ${facts.join('  ')}`, 'muted')];
}

function accountFact(device: RunDevice, model: Model, label: string): string[] {
  const account = device.accountId === null ? undefined : model.accounts.get(device.accountId);
  return account === undefined ? [] : [`${label} ${sanitiseLine(account.name)}`];
}

/** When each state of this attempt was entered, and how long it took. */
function timelineLines({ device, width, now }: DeviceView, { t, glyphs }: CellContext): StyledLine[] {
  const entries = device.timeline.map(({ state, at }, i) => {
    const until = device.timeline[i + 1]?.at ?? (device.finishedAt === null ? now : null);
    const took = until === null ? '' : ` ${durationText(Date.parse(until) - Date.parse(at))}`;
    return `${clockText(at)} ${t(`states.${state}`)}${took}`;
  });
  const lines = wrapCells(entries.join(` ${glyphs.arrow} `), width - 1).slice(-2);
  return [0, 1].map((i): StyledLine => [span(` ${lines[i] ?? ''}`, 'muted')]);
}

function logHeading({ log }: DeviceView, { t, glyphs }: CellContext): StyledLine {
  const attempt = log.attempt === null ? '' : ` ${log.attempt}`;
  const state = log.isFollowing ? t('console.log.following') : t('console.log.paused');
  return [
    span(` ${glyphs.horizontal} ${t('console.log.title')}${attempt} `, 'heading'),
    span(
      `${t('console.log.lines', { count: log.lines.length + log.droppedLines })} ${glyphs.separator} ${state}`,
      'muted',
    ),
  ];
}

/** The lines of the log that are in sight. */
export function buildLogLines(log: LogState, rows: number, t: CellContext['t']): StyledLine[] {
  if (log.lines.length === 0) return [[span(` ${t('console.log.empty')}`, 'muted')]];
  const last = Math.max(0, log.lines.length - rows);
  const top = log.isFollowing ? last : Math.min(log.top, last);
  return log.lines.slice(top, top + rows).map((line): StyledLine => [span(` ${line.slice(log.left)}`)]);
}
