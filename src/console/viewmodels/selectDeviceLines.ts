import { calculateLayout } from '../layout.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { buildDeviceLines, type DeviceLines, deviceViewSize } from './deviceLines.ts';
import { selectShownDevice } from './selectRun.ts';
import type { CellContext } from './tableDefinition.ts';

/** The shown device's lines at the size of the screen; null: none is shown. */
export function selectDeviceLines(state: ConsoleState, context: CellContext): DeviceLines | null {
  const device = selectShownDevice(state);
  const log = state.run?.log;
  const layout = calculateLayout(state.ui.width, state.ui.height);
  if (device === null || !log || layout === null) return null;
  const task = state.model.collections.tasks.get(state.run?.run?.taskId ?? '');
  const attemptsLimit = task?.settings.attemptsLimit ?? null;
  const view = { device, attemptsLimit, log, now: state.ui.now, ...deviceViewSize(layout) };
  return buildDeviceLines(view, context);
}
