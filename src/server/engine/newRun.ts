import { rm } from 'node:fs/promises';
import { failed, type Outcome } from '../../domain/failure.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { runFolder } from '../store/runFolders.ts';
import { createRunJournal, type RunJournal } from '../store/runJournal.ts';
import type { EngineParts } from './engineParts.ts';
import type { RunPlan } from './runPlan.ts';

/** Puts a new run on the disk: its journal, then the store. A refusal leaves nothing of it behind. */
export async function recordNewRun(
  { dataFolder, store }: Pick<EngineParts, 'dataFolder' | 'store'>,
  run: Run,
  devices: readonly RunDevice[],
  plan: RunPlan,
): Promise<Outcome<RunJournal>> {
  const journal = await createRunJournal(dataFolder, run.id);
  if (!journal.ok) return journal;
  const recorded = await record(store, journal.value, run, devices, plan);
  if (recorded.ok) return journal;
  await journal.value.close();
  await rm(runFolder(dataFolder, run.id), { recursive: true, force: true });
  return recorded;
}

async function record(
  store: EngineParts['store'],
  journal: RunJournal,
  run: Run,
  devices: readonly RunDevice[],
  plan: RunPlan,
): Promise<Outcome<unknown>> {
  const started = await journal.append({ kind: 'started', at: run.startedAt, run, devices, plan });
  if (!started.ok) return started;
  return store.commit((draft) => {
    if (!draft.tasks.has(run.taskId)) return failed('input.notFound', { kind: 'task', name: run.taskName });
    return ok({ changes: [{ collection: 'runs', put: [run], removed: [] }], value: null });
  });
}
