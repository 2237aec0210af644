import { isFinal, isInstallerStarted } from '../../domain/attempt.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { openRunJournal, type RunJournal, type RunJournalEntry } from '../store/runJournal.ts';
import { backToWaiting } from './attemptRow.ts';
import { type RunPlan, readRunPlan } from './runPlan.ts';
import type { DeviceRecord } from './runRows.ts';

export interface RebuiltRun {
  readonly run: Run;
  readonly plan: RunPlan | null;
  readonly rows: RunDevice[];
  readonly records: Map<string, DeviceRecord>;
}

/** What the journal says about a run, in the run's order. Null: it has no beginning. */
export function rebuildRun(entries: readonly RunJournalEntry[]): RebuiltRun | null {
  const rows = new Map<string, RunDevice>();
  const records = new Map<string, DeviceRecord>();
  let run = null as Run | null;
  let plan = null as RunPlan | null;
  for (const entry of entries) {
    if (entry.kind === 'started') {
      run = entry.run;
      plan = readRunPlan(entry.plan);
      for (const row of entry.devices) if (!rows.has(row.deviceId)) rows.set(row.deviceId, row);
    } else if (entry.kind === 'run') {
      if (run) run = { ...run, state: entry.state };
    } else {
      const { device, resume, cancel = null, refusedAccountIds = [] } = entry;
      const { isRootPasswordUnanswered = false, licenseId = null } = entry;
      rows.set(device.deviceId, device);
      records.set(device.deviceId, {
        resume,
        cancel,
        refusedAccountIds,
        isRootPasswordUnanswered,
        licenseId,
      });
    }
  }
  return run && { run, plan, rows: [...rows.values()], records };
}

/**
 * A run that a stopped or killed server left behind: devices at their end stay there; those whose installer was
 * not started wait again with the same attempt; the others are taken up where they are (B83).
 */
export async function recoverRun(
  dataFolder: string,
  runId: string,
): Promise<Outcome<{ journal: RunJournal; rebuilt: RebuiltRun | null }>> {
  const opened = await openRunJournal(dataFolder, runId);
  if (!opened.ok) return opened;
  const { journal, entries } = opened.value;
  const rebuilt = rebuildRun(entries);
  const rows = rebuilt?.rows.map((row) =>
    isFinal(row.state) || isInstallerStarted(row.state) || row.state === 'waiting' ? row : backToWaiting(row),
  );
  return ok({ journal, rebuilt: rebuilt && { ...rebuilt, rows: rows! } });
}
