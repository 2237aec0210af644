import { isFinal } from '../../domain/attempt.ts';
import { triesOf } from '../../domain/attempts.ts';
import type { RunDevice } from '../../domain/model.ts';
import { activityText } from '../../i18n/activityText.ts';
import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type Span, span } from '../terminal/roles.ts';
import { progressBar } from '../widgets/progressBar.ts';
import { stateRole, stateSpan } from './stateText.ts';
import type { ColumnDefinition } from './tableDefinition.ts';

export const runDeviceColumns: readonly ColumnDefinition[] = [
  { title: 'console.column.device', min: 18, weight: 3, dropOrder: 0 },
  { title: 'console.column.address', min: 15, weight: 1, dropOrder: 3 },
  { title: 'console.column.state', min: 16, weight: 1, dropOrder: 0 },
  { title: 'console.column.attempt', min: 5, weight: 0, dropOrder: 2, align: 'right' },
  { title: 'console.column.progressOrReason', min: 14, weight: 8, dropOrder: 0 },
];

interface Context {
  readonly t: Translate;
  readonly glyphs: Glyphs;
  /** B23; null: the task is gone. */
  readonly attemptsLimit: number | null;
}

export function runDeviceCells(device: RunDevice, context: Context): readonly Span[] {
  return [
    span(sanitiseLine(device.name)),
    span(device.address, 'muted'),
    stateSpan(device.state, context),
    span(attemptText(device, context.attemptsLimit), 'muted'),
    progressSpan(device, context.glyphs) ?? reasonSpan(device, context.t),
  ];
}

/** Null: there is nothing to measure, so the cell is free for words. */
function progressSpan(device: RunDevice, glyphs: Glyphs): Span | null {
  if (device.state !== 'transferring' || device.activity !== null || device.totalBytes === 0) return null;
  const ratio = device.sentBytes / device.totalBytes;
  const bar = progressBar(glyphs, ratio, 12)
    .map(({ text }) => text)
    .join('');
  return span(`${bar} ${String(Math.floor(ratio * 100)).padStart(3)}%`, 'status.active');
}

/** B27. Empty: its installer never ran. */
export function attemptText(device: RunDevice, limit: number | null): string {
  const tries = triesOf(device);
  return tries === 0 ? '' : limit === null ? String(tries) : `${tries}/${limit}`;
}

/** Why it ended like this; while it works, what it is doing. */
function reasonSpan(device: RunDevice, t: Translate): Span {
  if (device.failure !== null) {
    const role = isFinal(device.state) ? stateRole(device.state) : 'muted';
    return span(failureText(t, device.failure).message, role);
  }
  return span(activityText(t, device.activity), 'muted');
}
