import type { RunDevice } from '../../domain/model.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { memoise } from '../state/memoise.ts';
import { type RunRow, RunRows } from '../state/runRows.ts';
import { isShown, type RunShow } from '../state/runShow.ts';
import { emptyTable } from '../state/uiState.ts';
import { type Cause, causeId, foldCauses } from './runCauses.ts';
import { sortedRows } from './runOrder.ts';
import { cursorOf, type ListView } from './selectTable.ts';

const searchTexts = new WeakMap<RunRow, string>();
function searchTextOf(row: RunRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const { name, address, state, failure } = row.device;
  const text = `${name} ${address} ${state} ${failure?.code ?? ''}`.toLowerCase();
  searchTexts.set(row, text);
  return text;
}

const runRows = memoise((list: readonly RunRow[], show: RunShow, cause: string | null, filter: string) => {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (show === 'all' && cause === null && words.length === 0) return list;
  return list.filter((row) => {
    if (!isShown(show, row.device.state)) return false;
    if (cause !== null && causeId(row.device) !== cause) return false;
    return words.length === 0 || words.every((word) => searchTextOf(row).includes(word));
  });
});

export const selectCauses = memoise((devices: RunRows): readonly Cause[] => foldCauses(devices.troubled));

export const runTableKey = (runId: string): string => `run/${runId}`;
const noDevices = new RunRows();

/** The devices of the watched run that are shown: of one part, of one cause, and by the filter. */
export function selectRunDevices(state: ConsoleState): ListView<RunRow> {
  const watch = state.run;
  const key = runTableKey(watch?.runId ?? '');
  const table = state.ui.tables[key] ?? emptyTable;
  const devices = watch?.devices ?? noDevices;
  const list = watch === null ? devices.list : sortedRows(watch, state.ui.now);
  const rows = runRows(list, watch?.show ?? 'all', watch?.cause ?? null, table.filter);
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
