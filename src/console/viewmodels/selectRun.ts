import type { RunDevice } from '../../domain/model.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { memoise } from '../state/memoise.ts';
import { RowMap } from '../state/rowMap.ts';
import { emptyTable } from '../state/uiState.ts';
import { type Cause, causeId, foldCauses } from './runCauses.ts';
import { cursorOf, type ListView } from './selectTable.ts';

export interface RunRow {
  readonly id: string;
  readonly device: RunDevice;
}

/** A row whose device did not change stays the same object: ten thousand new ones ten times a second would be felt. */
let keptRows: readonly RunRow[] = [];
function allRows(devices: RowMap<RunDevice>): readonly RunRow[] {
  keptRows = devices.rows.map((device, place) => {
    const kept = keptRows[place];
    return kept?.device === device ? kept : { id: device.deviceId, device };
  });
  return keptRows;
}

const runRows = memoise((devices: RowMap<RunDevice>, cause: string | null, filter: string) => {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (cause === null && words.length === 0) return allRows(devices);
  const rows: RunRow[] = [];
  for (const device of devices.rows) {
    if (cause !== null && causeId(device) !== cause) continue;
    if (words.length > 0) {
      const text =
        `${device.name} ${device.address} ${device.state} ${device.failure?.code ?? ''}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
    }
    rows.push({ id: device.deviceId, device });
  }
  return rows;
});

export const selectCauses = memoise((devices: RowMap<RunDevice>): readonly Cause[] =>
  foldCauses(devices.rows),
);

export const runTableKey = (runId: string): string => `run/${runId}`;
const noDevices = new RowMap<RunDevice>();

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
