import { sanitiseLine } from '../../shared/sanitise.ts';
import { useConsole } from '../useConsole.ts';
import { buildLogLines } from '../viewmodels/logView.ts';
import { selectDeviceLines } from '../viewmodels/selectDeviceLines.ts';
import { selectShownDevice } from '../viewmodels/selectRun.ts';
import { Frame } from '../widgets/Frame.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** One device of the run: its state, its attempts and their stages, reason, what to do next, and the live log. */
export function RunDeviceView({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const device = selectShownDevice(state);
  const log = state.run?.log;
  const lines = selectDeviceLines(state, { t, glyphs, model: state.model.collections });
  if (device === null || !log || lines === null) return null;
  const { info, logSize } = lines;
  return (
    <Frame
      width={width}
      height={height}
      title={sanitiseLine(device.name)}
      isFocused={state.ui.overlays.length === 0}
    >
      <Lines width={width - 2} height={info.length} lines={info} />
      <Lines
        width={width - 2}
        height={logSize.rows}
        lines={buildLogLines(log, logSize, t('console.log.empty'))}
      />
    </Frame>
  );
}
