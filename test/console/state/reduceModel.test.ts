import { expect, it } from 'vitest';
import { loadedState, reduced, task, time } from '../consoleFixture.ts';

it('takes counters over one by one, after the task that came with them (B27)', () => {
  const counted = (id: string, deviceId: string, count: number) => ({
    taskId: id,
    deviceId,
    count,
    lastAttemptId: `${count}`.repeat(32),
  });
  const state = reduced(loadedState({ tasks: [task('t', {})] }), {
    type: 'model/events',
    at: time,
    events: [
      {
        event: 'changed',
        seq: 1,
        changes: [{ collection: 'tasks', put: [], removed: [], counted: [counted('t', 'a', 1)] }],
      },
      {
        event: 'changed',
        seq: 2,
        changes: [
          {
            collection: 'tasks',
            put: [task('u', {})],
            removed: [],
            counted: [counted('t', 'a', 2), counted('u', 'b', 1), counted('gone', 'b', 1)],
          },
        ],
      },
    ],
  });
  const { tasks } = state.model.collections;
  expect(tasks.get('t')?.attempts).toEqual({ a: { count: 2, lastAttemptId: '2'.repeat(32) } });
  expect(tasks.get('u')?.attempts).toEqual({ b: { count: 1, lastAttemptId: '1'.repeat(32) } });
  expect(tasks.size).toBe(2);
});
