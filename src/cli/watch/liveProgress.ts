import { isFinal, isSuccess } from '../../domain/attempt.ts';
import { triesOf } from '../../domain/attempts.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import { activityText } from '../../i18n/activityText.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { durationText } from '../../shared/durationText.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';
import { deviceReasonLine } from './deviceLine.ts';
import type { RunProgress } from './runProgress.ts';
import { countStates, stateCountsTexts } from './stateCounts.ts';

const frameMs = 100;
/** The time that has passed is seen to go on. */
const tickMs = 1000;
const mostActive = 8;

/**
 * For terminals: a few lines at the bottom that are drawn again, and above them a lasting line for each device that
 * did not succeed.
 */
export function liveProgress(context: CommandContext): RunProgress {
  const { output } = context;
  let drawn: readonly string[] = [];
  let timer: NodeJS.Timeout | null = null;
  let latest: { run: Run; devices: ReadonlyMap<string, RunDevice> } | null = null;

  // From the beginning of the line: the terminal's echo of Ctrl-C (^C) has moved the cursor.
  const erased = () => (drawn.length === 0 ? '' : `\r\x1b[${rowsOf(drawn, output.columns)}A\x1b[J`);
  const draw = () => {
    timer = null;
    if (latest === null) return;
    const size = { columns: output.columns - 1, rows: output.rows };
    const elapsedMs = Date.now() - Date.parse(latest.run.startedAt);
    const lines = frameLines(context, latest.run, latest.devices, size, elapsedMs);
    output.raw(`${erased()}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines;
  };
  const drawSoon = () => {
    timer ??= setTimeout(draw, frameMs);
  };
  const stopResize = output.onResize(drawSoon);
  const tick = setInterval(drawSoon, tickMs);
  const deviceEnded = (device: RunDevice) => {
    if (isSuccess(device.state)) return;
    output.raw(`${erased()}${deviceReasonLine(context, device)}\n`);
    drawn = [];
    draw();
  };
  return {
    begun: (run, devices, isNew) => {
      latest = { run, devices: new Map(devices.map((device) => [device.deviceId, device])) };
      draw();
      if (isNew) for (const device of devices) if (isFinal(device.state)) deviceEnded(device);
    },
    deviceEnded,
    changed: (run, devices) => {
      latest = { run, devices };
      drawSoon();
    },
    ended: () => {
      stopResize();
      clearInterval(tick);
      if (timer !== null) clearTimeout(timer);
      latest = null;
      output.raw(erased());
      drawn = [];
    },
  };
}

/** How many rows the lines take: a terminal that became narrower has folded them. */
export const rowsOf = (lines: readonly string[], columns: number): number =>
  lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(cellWidth(line) / Math.max(1, columns))), 0);

/** The lines of one frame, none wider than `columns` cells. */
export function frameLines(
  { t }: Pick<CommandContext, 't'>,
  run: Run,
  devices: ReadonlyMap<string, RunDevice>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  elapsedMs: number,
): string[] {
  const all = [...devices.values()];
  const ended = all.filter(({ state }) => isFinal(state)).length;
  const active = all.filter(({ state }) => !isFinal(state) && state !== 'waiting');
  const counts = joinedCells(stateCountsTexts(t, countStates(all)), '  ', columns);
  const room = Math.max(0, Math.min(mostActive, rows - 3 - counts.length));
  const share = all.length === 0 ? 1 : ended / all.length;
  const title = `${t('cli.watch.run', { number: run.number })}  `;
  const figures = ` ${ended}/${all.length}  ${durationText(elapsedMs)}`;
  const barCells = Math.max(0, Math.min(40, columns - cellWidth(title) - cellWidth(figures) - 2));
  const full = Math.round(barCells * share);
  return [
    `${title}[${'#'.repeat(full)}${'-'.repeat(barCells - full)}]${figures}`,
    ...counts,
    ...active.slice(0, room).map((device) => `  ${activeLine(t, device)}`),
    ...(active.length > room ? [`  ${t('cli.summary.more', { count: active.length - room })}`] : []),
    ...(run.state === 'cancelling' ? [t('states.cancelling')] : []),
  ].map((line) => (cellWidth(line) > columns ? fitCells(line, columns) : line));
}

/** The parts on as few lines as hold them. */
function joinedCells(parts: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? null : `${lines.at(-1)}${separator}${part}`;
    if (longer !== null && cellWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

function activeLine(t: CommandContext['t'], device: RunDevice): string {
  const parts = [fitCells(sanitiseLine(device.name, 200), 24), t(`states.${device.state}`)];
  if (device.state === 'transferring' && device.totalBytes > 0)
    parts.push(`${Math.floor((device.sentBytes / device.totalBytes) * 100)}%`);
  const attempt = triesOf(device);
  if (attempt > 1) parts.push(t('cli.watch.attempt', { attempt }));
  const activity = activityText(t, device.activity);
  if (activity !== '') parts.push(`(${activity})`);
  return parts.join('  ');
}
