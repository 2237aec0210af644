import type { Model, RemoteInstallationTask } from '../../domain/model.ts';
import { type Words, words } from '../state/words.ts';

/** Which tasks keep something from being removed. */
export type UsersOf = (model: Model, id: string) => readonly RemoteInstallationTask[];

const tasksWhere =
  (uses: (task: RemoteInstallationTask, id: string) => boolean): UsersOf =>
  ({ tasks }, id) =>
    [...tasks.values()].filter((task) => uses(task, id));

export const tasksOfAccount = tasksWhere(({ settings }, id) => settings.accountIds.includes(id));
export const tasksOfPackage = tasksWhere(({ packageId }, id) => packageId === id);
export const tasksOfGroup = tasksWhere(
  ({ targets }, id) => targets.kind === 'group' && targets.groupId === id,
);

const namedAtMost = 3;
const shownAtMost = 5;

/** `"deploy" is used by 3 tasks: …` */
export function usedByWords(name: string, tasks: readonly RemoteInstallationTask[]): Words {
  const named = tasks.slice(0, namedAtMost).map((task) => task.name);
  const list = [...named, ...(tasks.length > namedAtMost ? ['…'] : [])].join(', ');
  return words('changes.usedBy', { name, count: tasks.length, tasks: list });
}

export interface Split {
  /** Nothing uses them. */
  readonly free: readonly string[];
  /** What stays and why; empty: everything is free. */
  readonly lines: readonly Words[];
}

/** Parts what can be removed from what is used, and says by which tasks. */
export function splitByUse(
  model: Model,
  ids: readonly string[],
  nameOf: (id: string) => string,
  usersOf: UsersOf,
): Split {
  const used = ids.map((id) => ({ id, tasks: usersOf(model, id) })).filter(({ tasks }) => tasks.length > 0);
  const isUsed = new Set(used.map(({ id }) => id));
  const lines = used.slice(0, shownAtMost).map(({ id, tasks }) => usedByWords(nameOf(id), tasks));
  return {
    free: ids.filter((id) => !isUsed.has(id)),
    lines: [
      ...lines,
      ...(used.length > shownAtMost
        ? [words('console.confirm.more', { count: used.length - shownAtMost })]
        : []),
      ...(used.length > 0 ? [words('changes.usedBy.stays')] : []),
    ],
  };
}
