import { isFinal } from '../../domain/attempt.ts';
import type { RunDevice } from '../../domain/model.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';
import { deviceLine } from './deviceLine.ts';
import type { RunProgress } from './runProgress.ts';
import { countStates, stateCountsText } from './stateCounts.ts';

const heartbeatMs = 10_000;

/** For logs and pipes: a line for each device that has ended, and a sign of life when there was none for long. */
export function plainProgress(context: CommandContext): RunProgress {
  let total = 0;
  let ended = 0;
  let rows: ReadonlyMap<string, RunDevice> = new Map();
  let lastLineAt = performance.now();
  const say = (line: string) => {
    lastLineAt = performance.now();
    context.output.line(line);
  };
  const heartbeat = setInterval(() => {
    if (performance.now() - lastLineAt < heartbeatMs - 500) return;
    const working = countStates([...rows.values()].filter(({ state }) => !isFinal(state)));
    const states = stateCountsText(context.t, working);
    say(context.t('cli.watch.heartbeat', { ended, total, states }));
  }, heartbeatMs);
  const deviceEnded = (device: RunDevice) => {
    ended += 1;
    say(`[${ended}/${total}] ${deviceLine(context, device)}`);
  };
  return {
    begun: (run, devices, isNew) => {
      total = devices.length;
      const over = devices.filter(({ state }) => isFinal(state));
      ended = isNew ? 0 : over.length;
      rows = new Map(devices.map((device) => [device.deviceId, device]));
      say(
        context.t('cli.watch.begun', {
          number: run.number,
          package: sanitiseLine(run.packageLabel),
          count: total,
        }),
      );
      if (isNew) over.forEach(deviceEnded);
    },
    deviceEnded,
    changed: (_, devices) => {
      rows = devices;
    },
    ended: () => clearInterval(heartbeat),
  };
}
