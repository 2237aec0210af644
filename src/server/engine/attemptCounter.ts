import { countAttempts } from '../../domain/attempts.ts';
import type { Outcome } from '../../domain/failure.ts';
import { ok } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { GatheredWrites } from './gatheredWrites.ts';

export interface FailedAttempt {
  readonly taskId: string;
  readonly deviceId: string;
  readonly attemptId: string;
}

/** B27: adds one to a task's counter for a device, durably and once per attempt. */
export function attemptCounter(store: Store): (attempt: FailedAttempt) => Promise<Outcome<unknown>> {
  const writes = new GatheredWrites<FailedAttempt>((attempts) =>
    store.commit((draft) => {
      const counted = [...Map.groupBy(attempts, ({ taskId }) => taskId)].flatMap(([taskId, failed]) => {
        const task = draft.tasks.get(taskId);
        return task === undefined ? [] : countAttempts(task, failed);
      });
      const change = { collection: 'tasks', put: [], removed: [], counted } as const;
      return ok({ changes: counted.length > 0 ? [change] : [], value: null });
    }),
  );
  return (attempt) => writes.add(attempt);
}
