import { sanitiseLine } from '../../shared/sanitise.ts';
import { useConsole } from '../useConsole.ts';
import { buildDeviceInfo, buildLogLines, deviceInfoHeight } from '../viewmodels/deviceLines.ts';
import { selectShownDevice } from '../viewmodels/selectRun.ts';
import { Frame } from '../widgets/Frame.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** One device of the run: its state, timeline, reason, what to do next, and the live log of its attempt. */
export function RunDeviceView({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const device = selectShownDevice(state);
  const log = state.run?.log;
  if (device === null || !log) return null;
  const task = state.model.collections.tasks.get(state.run?.run?.taskId ?? '');
  const inner = width - 2;
  const logRows = Math.max(1, height - 2 - deviceInfoHeight);
  const info = buildDeviceInfo(
    {
      device,
      attemptsLimit: task?.settings.attemptsLimit ?? null,
      log,
      width: inner,
      now: state.ui.now,
    },
    { t, glyphs, model: state.model.collections },
  );
  return (
    <Frame
      width={width}
      height={height}
      title={sanitiseLine(device.name)}
      isFocused={state.ui.overlays.length === 0}
    >
      <Lines width={inner} height={deviceInfoHeight} lines={info} />
      <Lines width={inner} height={logRows} lines={buildLogLines(log, logRows, t)} />
    </Frame>
  );
}
