import type { Run } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { ServerLog } from '../serverLog.ts';
import type { Store } from '../store/store.ts';

/** The counts of live runs in the store: for lists of runs, at most once a second; the journal is the record. */
export function startRunSummaries(
  store: Store,
  log: ServerLog,
  liveRuns: () => Iterable<Run>,
  intervalMs = 1000,
): () => void {
  let isWriting = false;
  const write = async () => {
    if (isWriting) return;
    isWriting = true;
    const outcome = await store.commit((draft) => {
      const put = Array.from(liveRuns()).filter((run) => {
        const stored = draft.runs.get(run.id);
        return stored?.finishedAt === null && run.finishedAt === null && !hasSameCounts(stored, run);
      });
      return ok({ changes: put.length > 0 ? [{ collection: 'runs', put, removed: [] }] : [], value: null });
    });
    if (!outcome.ok) log.error(`counts of runs were not written: ${outcome.failure.code}`);
    isWriting = false;
  };
  const timer = setInterval(() => void write(), intervalMs);
  return () => clearInterval(timer);
}

function hasSameCounts(a: Run, b: Run): boolean {
  const states = new Set([...Object.keys(a.counts), ...Object.keys(b.counts)]) as Set<keyof Run['counts']>;
  return [...states].every((state) => a.counts[state] === b.counts[state]);
}
