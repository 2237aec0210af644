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
      const put = [...Map.groupBy(attempts, ({ taskId }) => taskId)].flatMap(([taskId, failed]) => {
        const task = draft.tasks.get(taskId);
        const counted = task && countAttempts(task, failed);
        return counted === undefined || counted === task ? [] : [counted];
      });
      return ok({ changes: put.length > 0 ? [{ collection: 'tasks', put, removed: [] }] : [], value: null });
    }),
  );
  return (attempt) => writes.add(attempt);
}
