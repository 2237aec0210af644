import type { RunDevice } from '../../domain/model.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { memoise } from '../state/memoise.ts';
import { type RunRow, RunRows } from '../state/runRows.ts';
import { emptyTable } from '../state/uiState.ts';
import { type Cause, causeId, foldCauses } from './runCauses.ts';
import { cursorOf, type ListView } from './selectTable.ts';

const runRows = memoise((devices: RunRows, cause: string | null, filter: string) => {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (cause === null && words.length === 0) return devices.list;
  return devices.list.filter(({ device }) => {
    if (cause !== null && causeId(device) !== cause) return false;
    if (words.length === 0) return true;
    const text =
      `${device.name} ${device.address} ${device.state} ${device.failure?.code ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
});

export const selectCauses = memoise((devices: RunRows): readonly Cause[] => foldCauses(devices.troubled));

export const runTableKey = (runId: string): string => `run/${runId}`;
const noDevices = new RunRows();

/** The devices of the watched run that are shown: of one cause, and by the filter. */
export function selectRunDevices(state: ConsoleState): ListView<RunRow> {
  const watch = state.run;
  const key = runTableKey(watch?.runId ?? '');
  const table = state.ui.tables[key] ?? emptyTable;
  const devices = watch?.devices ?? noDevices;
  const rows = runRows(devices, watch?.cause ?? null, table.filter);
  return { key, rows, totalCount: devices.size, cursor: cursorOf(rows, table), table };
}

/** The failures of the watched run by cause. */
export function selectRunCauses(state: ConsoleState): ListView<Cause> {
  const key = `causes/${state.run?.runId ?? ''}`;
  const table = state.ui.tables[key] ?? emptyTable;
  const rows = selectCauses(state.run?.devices ?? noDevices);
  return { key, rows, totalCount: rows.length, cursor: cursorOf(rows, table), table };
}

/** The device whose log is shown. */
export const selectShownDevice = (state: ConsoleState): RunDevice | null =>
  state.run?.log ? (state.run.devices.get(state.run.log.deviceId) ?? null) : null;
