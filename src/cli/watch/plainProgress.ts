import { type AttemptState, isFinal } from '../../domain/attempt.ts';
import type { RunDevice } from '../../domain/model.ts';
import type { CommandContext } from '../program/context.ts';
import { deviceLine } from './deviceLine.ts';
import type { RunProgress } from './runProgress.ts';

const heartbeatMs = 10_000;

/** For logs and pipes: a line for each device that has ended, and a sign of life when there was none for long. */
export function plainProgress(context: CommandContext): RunProgress {
  let total = 0;
  let ended = 0;
  let states = new Map<AttemptState, number>();
  let lastLineAt = performance.now();
  const say = (line: string) => {
    lastLineAt = performance.now();
    context.output.line(line);
  };
  const heartbeat = setInterval(() => {
    if (performance.now() - lastLineAt < heartbeatMs - 500) return;
    const working = [...states].filter(([state]) => !isFinal(state));
    const words = working.map(([state, count]) => `${context.t(`states.${state}`)} ${count}`).join(', ');
    say(context.t('cli.watch.heartbeat', { ended, total, states: words }));
  }, heartbeatMs);
  const countStates = (devices: Iterable<RunDevice>) => {
    states = new Map();
    for (const { state } of devices) states.set(state, (states.get(state) ?? 0) + 1);
  };
  return {
    begun: (run, devices) => {
      total = devices.length;
      ended = devices.filter(({ state }) => isFinal(state)).length;
      countStates(devices);
      say(context.t('cli.watch.begun', { number: run.number, package: run.packageLabel, count: total }));
    },
    deviceEnded: (device) => {
      ended += 1;
      say(`[${ended}/${total}] ${deviceLine(context, device)}`);
    },
    changed: (_, devices) => countStates(devices.values()),
    ended: () => clearInterval(heartbeat),
  };
}
