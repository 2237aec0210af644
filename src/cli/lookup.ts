import { failed, type Outcome } from '../domain/failure.ts';
import { foldedName } from '../domain/foldedName.ts';
import type {
  Account,
  AdministrationGroup,
  Device,
  InstallationPackage,
  License,
  RemoteInstallationTask,
  Run,
} from '../domain/model.ts';
import type { Snapshot } from '../protocol/answers.ts';
import { ok } from '../shared/result.ts';
import { nearest } from './program/nearest.ts';

/** Words of the command line as entities: a name, number, address or id, never a guess between two. */
type Kind = 'package' | 'device' | 'group' | 'account' | 'license' | 'task' | 'run';

/** A misspelt name is compared with so many: each costs some time. */
const mostCompared = 5000;

function only<T>(kind: Kind, name: string, found: readonly T[], known: readonly string[]): Outcome<T> {
  const [first] = found;
  if (first === undefined) {
    const near = nearest(name, known.slice(0, mostCompared));
    return failed('input.notFound', { kind, name, ...(near !== null && { near }) });
  }
  return found.length === 1 ? ok(first) : failed('input.ambiguous', { kind, name, count: found.length });
}

/** The first rule that finds anything decides; rules go from exact to loose. */
function byRules<T>(
  kind: Kind,
  word: string,
  all: readonly T[],
  rules: readonly ((one: T) => boolean)[],
  nameOf: (one: T) => string,
): Outcome<T> {
  for (const rule of rules) {
    const found = all.filter(rule);
    if (found.length > 0) return only(kind, word, found, []);
  }
  return only<T>(kind, word, [], all.map(nameOf));
}

/** `name`, `name@version` or id. */
export const findPackage = ({ collections }: Snapshot, word: string): Outcome<InstallationPackage> =>
  byRules(
    'package',
    word,
    collections.packages,
    [
      ({ id }) => id === word,
      ({ name, version }) => `${name}@${version}` === word,
      ({ name }) => name === word,
    ],
    ({ name }) => name,
  );

/** Name, address, `address:port` or id. */
export const findDevice = ({ collections }: Snapshot, word: string): Outcome<Device> =>
  byRules(
    'device',
    word,
    collections.devices,
    [
      ({ id }) => id === word,
      ({ name }) => name === word,
      ({ address, port }) => address === word || `${address}:${port ?? 22}` === word,
      ({ name }) => name.toLowerCase() === word.toLowerCase(),
    ],
    ({ name }) => name,
  );

export const findAccount = ({ collections }: Snapshot, word: string): Outcome<Account> =>
  byRules(
    'account',
    word,
    collections.accounts,
    [({ id }) => id === word, ({ name }) => name === word],
    ({ name }) => name,
  );

export const findLicense = ({ collections }: Snapshot, word: string): Outcome<License> =>
  byRules(
    'license',
    word,
    collections.licenses,
    [
      ({ id }) => id === word,
      ({ name }) => name === word,
      ({ name }) => foldedName(name) === foldedName(word),
    ],
    ({ name }) => name,
  );

/** Id of a device, or the one that had a seat when it was removed. */
export function findSeat(snapshot: Snapshot, { seats }: License, word: string): Outcome<string> {
  const known = findDevice(snapshot, word);
  if (known.ok) return ok(known.value.id);
  const gone = Object.entries(seats).filter(([id, { deviceName }]) => id === word || deviceName === word);
  return gone.length > 0
    ? only(
        'device',
        word,
        gone.map(([id]) => id),
        [],
      )
    : known;
}

/** Name, number or id. */
export const findTask = ({ collections }: Snapshot, word: string): Outcome<RemoteInstallationTask> =>
  byRules(
    'task',
    word,
    collections.tasks,
    [({ id }) => id === word, ({ number }) => String(number) === word, ({ name }) => name === word],
    ({ name }) => name,
  );

/** Number or id, or a task's name or id: then its newest run. */
export function findRun({ collections }: Snapshot, word: string): Outcome<Run> {
  const newest = collections.runs
    .filter(({ taskName, taskId }) => taskName === word || taskId === word)
    .toSorted((a, b) => b.number - a.number)
    .slice(0, 1);
  return byRules(
    'run',
    word,
    [...collections.runs.filter(({ id, number }) => id === word || String(number) === word), ...newest],
    [({ id }) => id === word, ({ number }) => String(number) === word, () => true],
    ({ taskName }) => taskName,
  );
}

/** `Tokyo/Web` of a group, from the outermost. */
export function groupPathOf(groups: readonly AdministrationGroup[], id: string | null): string {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const names: string[] = [];
  for (let at = id === null ? undefined : byId.get(id); at !== undefined && names.length < 100; ) {
    names.unshift(at.name);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return names.join('/');
}

/** A path or id. */
export const findGroup = ({ collections }: Snapshot, word: string): Outcome<AdministrationGroup> => {
  const path = word
    .split('/')
    .map((part) => part.trim())
    .join('/')
    .toLowerCase();
  return byRules(
    'group',
    word,
    collections.groups,
    [({ id }) => id === word, ({ id }) => groupPathOf(collections.groups, id).toLowerCase() === path],
    ({ id }) => groupPathOf(collections.groups, id),
  );
};

/** Every word found, or the first failure. */
export function findAll<T>(
  words: readonly string[],
  find: (word: string) => Outcome<T>,
): Outcome<readonly T[]> {
  const found: T[] = [];
  for (const word of words) {
    const outcome = find(word);
    if (!outcome.ok) return outcome;
    found.push(outcome.value);
  }
  return ok(found);
}

/** `name version` of a task's package. */
export function packageLabelOf(
  { collections }: Snapshot,
  { packageId }: Pick<RemoteInstallationTask, 'packageId'>,
): string {
  const found = collections.packages.find(({ id }) => id === packageId);
  return found === undefined ? packageId : `${found.name} ${found.version}`.trim();
}

/** The group and every group below it. */
export function groupWithBelow(groups: readonly AdministrationGroup[], id: string): ReadonlySet<string> {
  const within = new Set([id]);
  for (let size = 0; size !== within.size; ) {
    size = within.size;
    for (const group of groups)
      if (group.parentId !== null && within.has(group.parentId)) within.add(group.id);
  }
  return within;
}
