import { failed, type Outcome } from '../../domain/failure.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';

/** Words of i18n's `failures.kind.*`. */
export type EntityKind =
  | 'device'
  | 'group'
  | 'package'
  | 'account'
  | 'license'
  | 'task'
  | 'run'
  | 'hostKey'
  | 'file';

export const notFound = (kind: EntityKind, name: string) =>
  failed('input.notFound', { kind, name: sanitiseLine(name, 253) });

/** `expected` is a word of i18n's `failures.expected.*`, or a type's name. */
export const invalid = (field: string, expected: string) => failed('input.invalid', { field, expected });

export const nameTaken = (kind: EntityKind, name: string) => failed('input.nameTaken', { kind, name });

export const inUse = (kind: EntityKind, name: string, usedBy: string) =>
  failed('input.inUse', { kind, name, usedBy });

/** The entity, or `input.notFound`. */
export function required<T>(entities: ReadonlyMap<string, T>, id: string, kind: EntityKind): Outcome<T> {
  const entity = entities.get(id);
  return entity === undefined ? notFound(kind, id) : ok(entity);
}

/** What is wrong with a name on one line, as a code for `expected`; null: nothing. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'notEmpty';
  return /\p{Cc}/u.test(name) ? 'oneLine' : null;
}
