import type { Model, RemoteInstallationTask, Run } from '../../domain/model.ts';

/** The runs under way of these tasks. */
export function runsUnderWay(
  { runs }: Pick<Model, 'runs'>,
  tasks: readonly RemoteInstallationTask[],
): readonly Run[] {
  const ids = new Set(tasks.map(({ id }) => id));
  return [...runs.values()].filter(({ taskId, finishedAt }) => finishedAt === null && ids.has(taskId));
}
