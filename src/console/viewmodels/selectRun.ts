import type { Model, RunDevice } from '../../domain/model.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { memoise } from '../state/memoise.ts';
import { initialModelState } from '../state/modelState.ts';
import { type RunRow, RunRows } from '../state/runRows.ts';
import { isShown, type RunShow } from '../state/runShow.ts';
import { emptyTable } from '../state/uiState.ts';
import type { CompiledFilter } from './filter/compileFilter.ts';
import { countMarks } from './markCount.ts';
import { type Cause, causeId, foldCauses } from './runCauses.ts';
import { runFilter, runTexts } from './runFilter.ts';
import { sortedRows } from './runOrder.ts';
import { cursorOf, type ListView } from './selectTable.ts';
import { translate } from './translate.ts';

const runRows = memoise(
  (
    list: readonly RunRow[],
    show: RunShow,
    cause: string | null,
    test: CompiledFilter['test'],
    model: Model,
  ) => {
    if (show === 'all' && cause === null && test === null) return list;
    const texts = runTexts(list, model);
    return list.filter((row, place) => {
      if (!isShown(show, row.device.state)) return false;
      if (cause !== null && causeId(row.device) !== cause) return false;
      return test === null || test(place, texts);
    });
  },
);

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
  const { test, problem } = runFilter(table.filter, translate(state.ui.language));
  // What no filter reads makes no rows anew.
  const model = test === null ? initialModelState.collections : state.model.collections;
  const rows = runRows(list, watch?.show ?? 'all', watch?.cause ?? null, test, model);
  const marked = countMarks(list, rows, table.marks);
  return { key, rows, totalCount: devices.size, cursor: cursorOf(rows, table), table, marked, problem };
}

/** The failures of the watched run by cause. */
export function selectRunCauses(state: ConsoleState): ListView<Cause> {
  const key = `causes/${state.run?.runId ?? ''}`;
  const table = state.ui.tables[key] ?? emptyTable;
  const rows = selectCauses(state.run?.devices ?? noDevices);
  const marked = countMarks(rows, rows, table.marks);
  return { key, rows, totalCount: rows.length, cursor: cursorOf(rows, table), table, marked, problem: null };
}

/** The device whose log is shown. */
export const selectShownDevice = (state: ConsoleState): RunDevice | null =>
  state.run?.log ? (state.run.devices.get(state.run.log.deviceId) ?? null) : null;
