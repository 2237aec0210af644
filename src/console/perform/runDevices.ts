import type { Outcome } from '../../domain/failure.ts';
import type { RunDevice } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { selectRunDevices } from '../viewmodels/selectRun.ts';

/** The devices of a run as this console knows them; null: it does not watch that run. */
export function watchedDevices(context: ConsoleContext, runId: string): readonly RunDevice[] | null {
  const { ui, run } = context.getState();
  return ui.screen === 'run' && run?.runId === runId && run.run !== null ? run.devices.rows : null;
}

/** Marked devices of the run screen that are in sight of its filter. */
export function markedDevices(context: ConsoleContext, runId: string): readonly RunDevice[] {
  const state = context.getState();
  if (state.ui.screen !== 'run' || state.run?.runId !== runId) return [];
  const { rows, table } = selectRunDevices(state);
  return rows.flatMap(({ id, device }) => (table.marks.has(id) ? [device] : []));
}

/** The device under the cursor or whose log is open. */
export function deviceHere(context: ConsoleContext): RunDevice | null {
  const state = context.getState();
  if (state.ui.screen !== 'run' || state.run === null) return null;
  const { run } = state;
  if (run.view === 'device') return run.devices.get(run.log?.deviceId ?? '') ?? null;
  const list = selectRunDevices(state);
  return run.view === 'devices' ? (list.rows[list.cursor]?.device ?? null) : null;
}

/** The devices of any run: those that are watched, or asked of the server once. */
export async function devicesOfRun(
  context: ConsoleContext,
  runId: string,
): Promise<Outcome<readonly RunDevice[]>> {
  const watched = watchedDevices(context, runId);
  if (watched !== null) return ok(watched);
  const answer = await context.send('watchRun', { runId });
  await context.send('unwatchRun', { runId });
  return answer.ok ? ok(answer.value.devices) : answer;
}
