import { isFinal, isSuccess } from '../../domain/attempt.ts';
import { triesOf } from '../../domain/attempts.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';
import { deviceLine } from './deviceLine.ts';
import type { RunProgress } from './runProgress.ts';
import { countStates, stateCountsText } from './stateCounts.ts';

const frameMs = 100;
const mostActive = 8;

/**
 * For terminals: a few lines at the bottom that are drawn again, and above them a lasting line for each device that
 * did not succeed.
 */
export function liveProgress(context: CommandContext): RunProgress {
  const { output } = context;
  let drawn = 0;
  let timer: NodeJS.Timeout | null = null;
  let latest: { run: Run; devices: ReadonlyMap<string, RunDevice> } | null = null;

  // From the beginning of the line: the terminal's echo of Ctrl-C (^C) has moved the cursor.
  const erased = () => (drawn === 0 ? '' : `\r\x1b[${drawn}A\x1b[J`);
  const draw = () => {
    timer = null;
    if (latest === null) return;
    const lines = frameLines(context, latest.run, latest.devices, output.columns - 1, output.rows);
    output.raw(`${erased()}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  return {
    begun: (run, devices) => {
      latest = { run, devices: new Map(devices.map((device) => [device.deviceId, device])) };
      draw();
    },
    deviceEnded: (device) => {
      if (isSuccess(device.state)) return;
      output.raw(`${erased()}${deviceLine(context, device)}\n`);
      drawn = 0;
      draw();
    },
    changed: (run, devices) => {
      latest = { run, devices };
      timer ??= setTimeout(draw, frameMs);
    },
    ended: () => {
      if (timer !== null) clearTimeout(timer);
      latest = null;
      output.raw(erased());
      drawn = 0;
    },
  };
}

/** The lines of one frame, none wider than `width` cells. */
export function frameLines(
  { t }: Pick<CommandContext, 't'>,
  run: Run,
  devices: ReadonlyMap<string, RunDevice>,
  width: number,
  rows: number,
): string[] {
  const all = [...devices.values()];
  const ended = all.filter(({ state }) => isFinal(state)).length;
  const active = all.filter(({ state }) => !isFinal(state) && state !== 'waiting');
  const room = Math.max(0, Math.min(mostActive, rows - 4));
  const share = all.length === 0 ? 1 : ended / all.length;
  const figures = ` ${ended}/${all.length}`;
  const barCells = Math.max(0, Math.min(40, width - cellWidth(figures) - 2));
  const full = Math.round(barCells * share);
  return [
    `[${'#'.repeat(full)}${'-'.repeat(barCells - full)}]${figures}`,
    stateCountsText(t, countStates(all), '  '),
    ...active.slice(0, room).map((device) => `  ${activeLine(t, device)}`),
    ...(active.length > room ? [`  ${t('cli.summary.more', { count: active.length - room })}`] : []),
    ...(run.state === 'cancelling' ? [t('states.cancelling')] : []),
  ].map((line) => (cellWidth(line) > width ? fitCells(line, width) : line));
}

function activeLine(t: CommandContext['t'], device: RunDevice): string {
  const parts = [fitCells(sanitiseLine(device.name, 200), 24), t(`states.${device.state}`)];
  if (device.state === 'transferring' && device.totalBytes > 0)
    parts.push(`${Math.floor((device.sentBytes / device.totalBytes) * 100)}%`);
  const attempt = triesOf(device);
  if (attempt > 1) parts.push(t('cli.watch.attempt', { attempt }));
  if (device.activity !== null) {
    const key = `activities.${device.activity}` as MessageKey;
    const words = t(key);
    if (words !== key) parts.push(`(${words})`);
  }
  return parts.join('  ');
}
